import type { MouseEvent } from 'react';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { openAddress } from '../../app/location.ts';
import { visitorPaths } from '../../app/paths.ts';

/** The way to a new password; where no letters are sent, whom to ask. The address goes along, but into no URL. */
export function Forgotten({ email, sendsMail }: { email: string; sendsMail: boolean }) {
  const t = useTexts('sign-in');
  if (!sendsMail) return <p className="visitor-aside">{t(($) => $.forgotten.by_hand)}</p>;
  const open = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    openAddress(visitorPaths.forgotten_password, { email });
  };
  return <p className="visitor-aside"><a href={visitorPaths.forgotten_password} onClick={open}>{t(($) => $.forgotten.ask)}</a></p>;
}
