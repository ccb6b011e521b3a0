import type { InvitedLine } from '@lyss/api-types';
import { useTexts } from '../../../app/i18n/use-texts.ts';

/** What the server would do, or did, with a line, and where that line stands. */
export interface PreviewedLine extends InvitedLine {
  line: number;
}

/** Lines that nobody was invited by, each with its place and its reason. */
export function WrongLines({ lines }: { lines: readonly PreviewedLine[] }) {
  const t = useTexts('users');
  return (
    <ul className="invite-lines">
      {lines.map((line, index) => (
        <li key={index} className="is-wrong">
          <span className="invite-line tabular-nums">{t(($) => $.invite.line, { line: line.line })}</span>
          <span className="invite-who">{line.email || line.name}</span>
          <span>{t(($) => $.invite.outcome[line.outcome])}</span>
        </li>
      ))}
    </ul>
  );
}
