import { useQuery } from '@tanstack/react-query';
import type { Tenant } from '@lyss/api-types';
import { ActionButton } from '../../ui/action-button.tsx';
import type { RowAction } from '../../ui/list/column.ts';
import { tenant as oneTenant } from './api.ts';
import { TenantPeek } from './tenant-peek.tsx';
import type { TenantsList } from './use-tenants-list.ts';
import './tenants.css';

interface PeekedTenantProps {
  id: string;
  list: TenantsList;
  actions: (tenant: Tenant) => RowAction[];
  /** Something lies over the peek and takes the keys. */
  busy: boolean;
}

/** The tenant the address names: from the list where it is on this page, else fetched. */
export function PeekedTenant({ id, list, actions, busy }: PeekedTenantProps) {
  const rows = list.rows ?? [];
  const at = rows.findIndex((row) => row.id === id);
  const fetched = useQuery({ ...oneTenant(id), enabled: at === -1 && list.rows !== undefined });
  const tenant = rows[at] ?? fetched.data ?? (fetched.isError ? null : undefined);
  const [before, after] = at === -1 ? [] : [rows[at - 1], rows[at + 1]];
  const step = (to: Tenant | undefined) => (to && !busy ? () => list.open(to.id) : undefined);
  const buttons = tenant ? actions(tenant).filter((action) => action.key !== 'open') : [];
  return (
    <TenantPeek
      tenant={tenant}
      onPrevious={step(before)}
      onNext={step(after)}
      onClose={() => !busy && list.open('')}
      actions={
        buttons.length > 0 ? (
          <div className="tenants-foot">
            {buttons.map((action) => <ActionButton key={action.key} className={action.danger ? 'tenants-danger' : ''} disabled={action.disabled === true} onClick={action.onSelect}>{action.label}</ActionButton>)}
          </div>
        ) : undefined
      }
    />
  );
}
