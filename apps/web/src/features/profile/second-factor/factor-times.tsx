import { useTexts } from '../../../app/i18n/use-texts.ts';
import { Time } from '../../../app/list/time.tsx';

/** Since when there is a factor, and when it was used last. */
export function FactorTimes({ created_at, last_used_at }: { created_at: string; last_used_at: string | null }) {
  const t = useTexts('profile');
  return (
    <>
      {t(($) => $.factors.since)} <Time at={created_at} />
      {' · '}
      {last_used_at ? <>{t(($) => $.factors.last_used)} <Time at={last_used_at} /></> : t(($) => $.factors.never_used)}
    </>
  );
}
