import type { LinkDelivery, OneTimeLink } from '@lyss/api-types';
import { useTexts } from '../../../app/i18n/use-texts.ts';
import { useCopyTexts } from '../../../app/list/use-copy-texts.ts';
import { ActionButton } from '../../../ui/action-button.tsx';
import { CopyButton } from '../../../ui/copyable.tsx';

export interface MadeInvitation {
  name: string;
  email: string;
  invitation: OneTimeLink;
}

interface MadeLinksProps {
  made: readonly MadeInvitation[];
  delivery: LinkDelivery;
  onClose: () => void;
}

// A sheet takes it as columns, a letter as lines. Names hold neither tabs nor line breaks.
const toText = (made: readonly MadeInvitation[]) => made.map(({ name, email, invitation }) => [name, email, invitation.url].join('\t')).join('\n');

/** The links of those who were just invited, the only time that they are seen: each to be copied, and all at once. */
export function MadeLinks({ made, delivery, onClose }: MadeLinksProps) {
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
      <div className="form-end"><ActionButton size="large" onClick={onClose}>{t(($) => $.invite.done)}</ActionButton></div>
    </div>
  );
}
