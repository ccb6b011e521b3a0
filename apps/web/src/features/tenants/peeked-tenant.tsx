import type { OperatorTenant } from '@lyss/api-types';
import { sayTimeZone } from '../../app/form/time-zones.ts';
import { useLanguage, useTexts } from '../../app/i18n/use-texts.ts';
import { PeekedRow } from '../../app/list/peeked-row.tsx';
import { Time } from '../../app/list/time.tsx';
import { useCopyTexts } from '../../app/list/use-copy-texts.ts';
import { Copyable } from '../../ui/copyable.tsx';
import { Figure } from '../../ui/figure/figure.tsx';
import type { RowAction } from '../../ui/list/column.ts';
import { Facts } from '../../ui/list/peek-panel.tsx';
import { tenant as oneTenant } from './api.ts';
import { MonthCosts, TenantHealth, UsedOf } from './tenant-figures.tsx';
import { TenantState } from './tenant-state.tsx';
import type { TenantsList } from './use-tenants-list.ts';

interface PeekedTenantProps {
  id: string;
  list: TenantsList;
  actions: (tenant: OperatorTenant) => RowAction[];
  /** Something lies over the peek and takes the keys. */
  busy: boolean;
}

/** One tenant beside the list. */
export function PeekedTenant(props: PeekedTenantProps) {
  const t = useTexts('tenants');
  const texts = { title: t(($) => $.title), gone: t(($) => $.peek.gone), previous: t(($) => $.peek.previous), next: t(($) => $.peek.next) };
  return <PeekedRow {...props} one={oneTenant(props.id)} texts={texts} trail={{ type: 'tenant', platform: true }}>{(tenant) => <TenantFacts tenant={tenant} />}</PeekedRow>;
}

function TenantFacts({ tenant }: { tenant: OperatorTenant }) {
  const t = useTexts('tenants');
  const locale = useLanguage();
  const copy = useCopyTexts();
  const { used, limits, month } = tenant;
  return (
    <Facts
      facts={[
        [t(($) => $.column.workspace), <Copyable key="workspace" text={tenant.workspace} mono {...copy} />],
        [t(($) => $.column.state), <TenantState key="state" tenant={tenant} />],
        ...(tenant.deletion ? [[t(($) => $.peek.deletion_reason), tenant.deletion.reason] as [string, string]] : []),
        [t(($) => $.column.seats), <UsedOf key="seats" used={used.seats} limit={limits.seats} whole />],
        [t(($) => $.limits.api_keys), <UsedOf key="keys" used={used.api_keys} limit={limits.api_keys} whole />],
        [t(($) => $.limits.storage), <UsedOf key="storage" used={used.storage_bytes} limit={limits.storage_bytes} bytes whole />],
        [t(($) => $.limits.requests), limits.requests_per_minute === null ? t(($) => $.limits.none) : <Figure key="requests" value={limits.requests_per_minute} locale={locale} />],
        [t(($) => $.column.suppliers), <TenantHealth key="suppliers" suppliers={tenant.suppliers} />],
        [t(($) => $.column.requests), <Figure key="month" value={month.requests} locale={locale} />],
        [t(($) => $.peek.tokens_in), <Figure key="in" value={month.input_tokens} locale={locale} />],
        [t(($) => $.peek.tokens_out), <Figure key="out" value={month.output_tokens} locale={locale} />],
        [t(($) => $.column.cost), <MonthCosts key="cost" month={month} />],
        [t(($) => $.column.last_active_at), tenant.last_active_at ? <Time key="active" at={tenant.last_active_at} /> : t(($) => $.never)],
        [t(($) => $.peek.locale), t(($) => $.locale[tenant.locale])],
        [t(($) => $.peek.currency), tenant.currency],
        [t(($) => $.peek.time_zone), sayTimeZone(tenant.time_zone)],
        [t(($) => $.column.created_at), <Time key="created" at={tenant.created_at} />],
        [t(($) => $.peek.updated), <Time key="updated" at={tenant.updated_at} />],
        [t(($) => $.peek.id), <Copyable key="id" text={tenant.id} mono {...copy} />],
      ]}
    />
  );
}
