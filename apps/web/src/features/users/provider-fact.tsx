import type { UserDetail } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { Time } from '../../app/list/time.tsx';
import { ActionButton } from '../../ui/action-button.tsx';

/** When the tenant's identity provider last signed a person in; to untie them beside it, for whoever may. */
export function ProviderFact({ link, onUnlink }: { link: NonNullable<UserDetail['single_sign_on']>; onUnlink: (() => void) | null }) {
  const t = useTexts('users');
  return (
    <>
      <span className="user-link">
        {t(($) => $.provider.last)}
        {' · '}
        <Time at={link.last_used_at} />
      </span>
      {onUnlink ? <ActionButton size="small" className="user-link-again" onClick={onUnlink}>{t(($) => $.provider.unlink)}</ActionButton> : null}
    </>
  );
}
