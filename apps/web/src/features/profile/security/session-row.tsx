import type { Session } from '@lyss/api-types';
import { Time } from '../../../app/list/time.tsx';
import { useTexts } from '../../../app/i18n/use-texts.ts';
import { ActionButton } from '../../../ui/action-button.tsx';

/** Device in plain words, its network, and when it was here last. */
export function SessionRow({ session, pending, onEnd }: { session: Session; pending: boolean; onEnd: () => void }) {
  const t = useTexts('profile');
  const device = useDevice(session);
  return (
    <li className="session-row">
      <div>
        <p className="session-device">
          {device}
          {session.is_current ? <span className="session-mark">{t(($) => $.security.this_device)}</span> : null}
        </p>
        <p className="session-line">
          <span className="mono">{session.network}</span>
          {' · '}
          {session.is_current ? t(($) => $.security.now) : <>{t(($) => $.security.last_used)} <Time at={session.last_used_at} /></>}
          {' · '}
          {t(($) => $.security.since)} <Time at={session.created_at} />
        </p>
      </div>
      {session.is_current ? null : <ActionButton pending={pending} aria-label={t(($) => $.security.end_device, { device })} onClick={onEnd}>{t(($) => $.security.end)}</ActionButton>}
    </li>
  );
}

function useDevice({ device: { client, system }, carrier }: Session): string {
  const t = useTexts('profile');
  if (client && system) return t(($) => $.security.device, { client, system });
  return client ?? system ?? (carrier === 'bearer' ? t(($) => $.security.script) : t(($) => $.security.unknown));
}
