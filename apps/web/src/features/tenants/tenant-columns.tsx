import type { OperatorTenant } from '@lyss/api-types';
import { useLanguage, useTexts } from '../../app/i18n/use-texts.ts';
import { Time } from '../../app/list/time.tsx';
import { useCopyTexts } from '../../app/list/use-copy-texts.ts';
import { useMe } from '../../session/session-store.ts';
import { Figure } from '../../ui/figure/figure.tsx';
import type { ListColumn } from '../../ui/list/column.ts';
import { NameCell } from '../../ui/list/name-cell.tsx';
import { MonthCosts, TenantHealth, UsedOf } from './tenant-figures.tsx';
import { TenantState } from './tenant-state.tsx';

/** What a tenant looks like in the list: counts and states, never content. */
export function useTenantColumns(open: (id: string) => void): ListColumn<OperatorTenant>[] {
  const t = useTexts('tenants');
  const locale = useLanguage();
  const copy = useCopyTexts();
  const me = useMe();
  const name = (tenant: OperatorTenant) => (
    <NameCell
      name={tenant.name}
      id={tenant.workspace}
      tag={tenant.id === me.tenant.id ? t(($) => $.mine) : undefined}
      onOpen={() => open(tenant.id)}
      {...copy}
    />
  );
  return [
    { key: 'name', title: t(($) => $.column.name), sortable: true, fixed: true, card: 'title', render: name },
    { key: 'state', title: t(($) => $.column.state), card: 'aside', render: (tenant) => <TenantState tenant={tenant} /> },
    { key: 'users_count', title: t(($) => $.column.seats), figure: true, sortable: true, named: true, render: ({ used, limits }) => <UsedOf used={used.seats} limit={limits.seats} /> },
    { key: 'suppliers', title: t(($) => $.column.suppliers), named: true, render: (tenant) => <TenantHealth suppliers={tenant.suppliers} /> },
    { key: 'requests', title: t(($) => $.short.requests), figure: true, sortable: true, named: true, render: ({ month }) => <Figure value={month.requests} locale={locale} /> },
    { key: 'tokens', title: t(($) => $.short.tokens), figure: true, sortable: true, card: 'none', render: ({ month }) => <Figure value={month.input_tokens + month.output_tokens} locale={locale} /> },
    { key: 'cost', title: t(($) => $.short.cost), figure: true, sortable: true, named: true, render: ({ month }) => <MonthCosts month={month} /> },
    { key: 'last_active_at', title: t(($) => $.column.last_active_at), sortable: true, named: true, render: (tenant) => (tenant.last_active_at ? <Time at={tenant.last_active_at} /> : t(($) => $.never)) },
    { key: 'created_at', title: t(($) => $.column.created_at), sortable: true, card: 'none', render: (tenant) => <Time at={tenant.created_at} /> },
  ];
}
