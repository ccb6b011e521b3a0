import { useTexts } from '../../../app/i18n/use-texts.ts';
import { ActionButton } from '../../../ui/action-button.tsx';
import { InlineError } from '../../../ui/states/banner.tsx';
import { WrongLines, type PreviewedLine } from './wrong-lines.tsx';

interface InvitePreviewProps {
  lines: readonly PreviewedLine[];
  pending: boolean;
  problem: string | null;
  onBack: () => void;
  onInvite: () => void;
}

/** What would become of each line, before anything is done: first what can't be, with its line, then everybody else. */
export function InvitePreview({ lines, pending, problem, onBack, onInvite }: InvitePreviewProps) {
  const t = useTexts('users');
  const ready = lines.filter(({ outcome }) => outcome === 'ready');
  const wrong = lines.filter(({ outcome }) => outcome !== 'ready');
  return (
    <div className="form-sheet">
      {wrong.length > 0 ? (
        <section>
          <h3 className="invite-heading">{t(($) => $.invite.wrong, { count: wrong.length })}</h3>
          <WrongLines lines={wrong} />
        </section>
      ) : null}
      <section>
        <h3 className="invite-heading">{t(($) => $.invite.ready, { count: ready.length })}</h3>
        <ul className="invite-lines">
          {ready.map((line) => (
            <li key={line.email}>
              <span className="invite-who">{line.email}</span>
              <span>{line.name}</span>
            </li>
          ))}
        </ul>
      </section>
      <InlineError>{problem}</InlineError>
      <div className="form-end">
        <ActionButton size="large" onClick={onBack}>{t(($) => $.invite.back)}</ActionButton>
        <ActionButton look="primary" size="large" pending={pending} disabled={ready.length === 0} onClick={onInvite}>{t(($) => $.invite.submit, { count: ready.length })}</ActionButton>
      </div>
    </div>
  );
}
