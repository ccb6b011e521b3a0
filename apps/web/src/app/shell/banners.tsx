import { Link } from '@tanstack/react-router';
import { useMe } from '../../session/session-store.ts';
import { IconButton } from '../../ui/action-button.tsx';
import { AlertIcon, CloseIcon, LockIcon } from '../../ui/icons.tsx';
import { OfflineBanner } from '../../ui/states/banner.tsx';
import { useTexts } from '../i18n/use-texts.ts';
import { paths } from '../paths.ts';
import { showNotice, useShell } from './shell-store.ts';

/** What concerns every page: no network, no https, a second factor that is missing, something of the frame's own that was refused. */
export function Banners() {
  const t = useTexts('app');
  const notice = useShell((shell) => shell.notice);
  return (
    <>
      <OfflineBanner text={t(($) => $.offline)} />
      <LastingNotes />
      <div role="alert">
        {notice === null ? null : (
          <p className="shell-banner is-error">
            <AlertIcon /> {notice}
            <IconButton label={t(($) => $.actions.close)} onClick={() => showNotice(null)}><CloseIcon /></IconButton>
          </p>
        )}
      </div>
    </>
  );
}

/** What stays until somebody does something about it, in a landmark of its own. */
function LastingNotes() {
  const t = useTexts('app');
  const { insecure_transport, second_factor } = useMe();
  const withheld = second_factor.withheld === 'platform';
  if (!insecure_transport && !withheld) return null;
  return (
    <aside aria-label={t(($) => $.notes)}>
      {insecure_transport ? <p className="shell-banner" role="note"><AlertIcon /> {t(($) => $.insecure)}</p> : null}
      {withheld ? <p className="shell-banner" role="note"><LockIcon /> {t(($) => $.withheld)} <Link {...paths.secondFactor()}>{t(($) => $.withheld_action)}</Link></p> : null}
    </aside>
  );
}
