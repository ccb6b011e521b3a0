import { useTexts } from '../../app/i18n/use-texts.ts';
import { visitorPaths } from '../../app/paths.ts';
import { VisitorLink } from '../../app/visitor/visitor-link.tsx';

/** The way to a new password, with the address that was typed; where no letters are sent, whom to ask. */
export function Forgotten({ email, sendsMail }: { email: string; sendsMail: boolean }) {
  const t = useTexts('sign-in');
  if (!sendsMail) return <p className="visitor-aside">{t(($) => $.forgotten.by_hand)}</p>;
  return <VisitorLink to={visitorPaths.forgotten_password} state={{ email }}>{t(($) => $.forgotten.ask)}</VisitorLink>;
}
