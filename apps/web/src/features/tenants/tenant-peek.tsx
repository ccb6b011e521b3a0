import type { ReactNode } from 'react';
import type { Tenant } from '@lyss/api-types';
import { useLanguage, useTexts } from '../../app/i18n/use-texts.ts';
import { Copyable } from '../../ui/copyable.tsx';
import { Figure } from '../../ui/figure/figure.tsx';
import { RelativeTime } from '../../ui/figure/relative-time.tsx';
import { Facts, PeekPanel } from '../../ui/list/peek-panel.tsx';
import { SkeletonText } from '../../ui/states/skeleton.tsx';
import { TenantState } from './tenant-state.tsx';
import { useZone } from './use-zone.ts';

interface TenantPeekProps {
  /** undefined: not there yet; null: there is none. */
  tenant: Tenant | null | undefined;
  actions: ReactNode;
  onPrevious: (() => void) | undefined;
  onNext: (() => void) | undefined;
  onClose: () => void;
}

/** One tenant beside the list. */
export function TenantPeek({ tenant, actions, onPrevious, onNext, onClose }: TenantPeekProps) {
  const t = useTexts('tenants');
  const texts = { previous: t(($) => $.peek.previous), next: t(($) => $.peek.next), close: t(($) => $.peek.close) };
  return (
    <PeekPanel title={tenant?.name ?? t(($) => $.title)} texts={texts} actions={tenant ? actions : undefined} onPrevious={onPrevious} onNext={onNext} onClose={onClose}>
      {tenant ? <TenantFacts tenant={tenant} /> : tenant === null ? <p>{t(($) => $.peek.gone)}</p> : <SkeletonText lines={6} />}
    </PeekPanel>
  );
}

function TenantFacts({ tenant }: { tenant: Tenant }) {
  const t = useTexts('tenants');
  const locale = useLanguage();
  const zone = useZone();
  const copy = { copyText: t(($) => $.list.copy), copiedText: t(($) => $.list.copied) };
  const time = (at: string) => <RelativeTime at={at} locale={locale} zone={zone} />;
  return (
    <Facts
      facts={[
        [t(($) => $.column.workspace), <Copyable key="workspace" text={tenant.workspace} mono {...copy} />],
        [t(($) => $.column.state), <TenantState key="state" tenant={tenant} />],
        [t(($) => $.column.users_count), <Figure key="users" value={tenant.users_count} locale={locale} unit={t(($) => $.people_unit, { count: tenant.users_count })} />],
        [t(($) => $.column.last_active_at), tenant.last_active_at ? time(tenant.last_active_at) : t(($) => $.never)],
        [t(($) => $.peek.locale), t(($) => $.locale[tenant.locale])],
        [t(($) => $.peek.currency), tenant.currency],
        [t(($) => $.peek.time_zone), tenant.time_zone],
        [t(($) => $.column.created_at), time(tenant.created_at)],
        [t(($) => $.peek.updated), time(tenant.updated_at)],
        [t(($) => $.peek.id), <Copyable key="id" text={tenant.id} mono {...copy} />],
      ]}
    />
  );
}
