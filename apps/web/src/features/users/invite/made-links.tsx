import type { LinkDelivery, OneTimeLink } from '@lyss/api-types';
import { useTexts } from '../../../app/i18n/use-texts.ts';
import { useCopyTexts } from '../../../app/list/use-copy-texts.ts';
import { ActionButton } from '../../../ui/action-button.tsx';
import { CopyButton } from '../../../ui/copyable.tsx';
import { WrongLines, type PreviewedLine } from './wrong-lines.tsx';

export interface MadeInvitation {
  name: string;
  email: string;
  invitation: OneTimeLink;
}

interface MadeLinksProps {
  made: readonly MadeInvitation[];
  /** Who was on the list and was not invited. */
  left?: readonly PreviewedLine[];
  delivery: LinkDelivery;
  onClose: () => void;
}

// A sheet takes it as columns, a letter as lines. Names hold neither tabs nor line breaks.
const toText = (made: readonly MadeInvitation[]) => made.map(({ name, email, invitation }) => [name, email, invitation.url].join('\t')).join('\n');

// As the list is read again; whoever is here already, or stands above, needs no other invitation.
const isDone = ({ outcome }: PreviewedLine) => outcome === 'already_here' || outcome === 'repeated';
const toList = (left: readonly PreviewedLine[]) => left.filter((line) => !isDone(line)).map(({ name, email }) => [email, name].join('\t')).join('\n');

/** The links of those who were just invited, the only time that they are seen: each to be copied, and all at once. */
export function MadeLinks({ made, left = [], delivery, onClose }: MadeLinksProps) {
  const t = useTexts('users');
  const copy = useCopyTexts();
  return (
    <div className="form-sheet">
      <p className="invite-note" role="status">{delivery === 'sent_soon' ? t(($) => $.invite.sent, { count: made.length }) : t(($) => $.invite.by_hand, { count: made.length })}</p>
      <div className="invite-tools">
        <span>{t(($) => $.invite.once)}</span>
        <span className="invite-all">{t(($) => $.invite.copy_all)} <CopyButton text={() => toText(made)} copyText={t(($) => $.invite.copy_all)} copiedText={copy.copiedText} /></span>
      </div>
      <ul className="invite-lines">
        {made.map(({ name, email, invitation }) => (
          <li key={email}>
            <span className="invite-who">{email}</span>
            <span>{name}</span>
            <CopyButton text={invitation.url} copyText={t(($) => $.invite.copy, { name })} copiedText={copy.copiedText} />
          </li>
        ))}
      </ul>
      {left.length > 0 ? (
        <section>
          <div className="invite-tools">
            <h3 className="invite-heading">{t(($) => $.invite.left, { count: left.length })}</h3>
            {left.every(isDone) ? null : <span className="invite-all">{t(($) => $.invite.copy_left)} <CopyButton text={() => toList(left)} copyText={t(($) => $.invite.copy_left)} copiedText={copy.copiedText} /></span>}
          </div>
          <WrongLines lines={left} />
        </section>
      ) : null}
      <div className="form-end"><ActionButton size="large" onClick={onClose}>{t(($) => $.invite.done)}</ActionButton></div>
    </div>
  );
}
