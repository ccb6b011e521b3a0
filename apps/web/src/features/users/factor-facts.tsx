import type { UserDetail } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { StatusDot } from '../../ui/list/status-dot.tsx';

/** Which second factors a person has, or that one is demanded of them and missing. */
export function FactorFacts({ factors: { totp, passkeys_count, recovery_codes_left, demanded } }: { factors: UserDetail['second_factors'] }) {
  const t = useTexts('users');
  if (!totp && passkeys_count === 0) return <StatusDot tone={demanded ? 'warn' : 'off'}>{demanded ? t(($) => $.factor.demanded) : t(($) => $.factor.none)}</StatusDot>;
  const held = [
    ...(totp ? [t(($) => $.factor.totp)] : []),
    ...(passkeys_count > 0 ? [t(($) => $.factor.passkeys, { count: passkeys_count })] : []),
    t(($) => $.factor.codes, { count: recovery_codes_left }),
  ];
  return <>{held.join(' · ')}</>;
}
