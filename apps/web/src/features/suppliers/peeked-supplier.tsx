import { useQuery } from '@tanstack/react-query';
import type { SupplierCredential } from '@lyss/api-types';
import { ActionButton } from '../../ui/action-button.tsx';
import type { RowAction } from '../../ui/list/column.ts';
import { supplier as oneSupplier } from './api.ts';
import { SupplierPeek } from './supplier-peek.tsx';
import type { SuppliersList } from './use-suppliers-list.ts';
import './suppliers.css';

interface PeekedSupplierProps {
  id: string;
  list: SuppliersList;
  actions: (row: SupplierCredential) => RowAction[];
  /** Something lies over the peek and takes the keys. */
  busy: boolean;
}

/** The credential the address names: from the list where it is on this page, else fetched. */
export function PeekedSupplier({ id, list, actions, busy }: PeekedSupplierProps) {
  const rows = list.rows ?? [];
  const at = rows.findIndex((one) => one.id === id);
  const fetched = useQuery({ ...oneSupplier(id), enabled: at === -1 && list.rows !== undefined });
  const row = rows[at] ?? fetched.data ?? (fetched.isError ? null : undefined);
  const [before, after] = at === -1 ? [] : [rows[at - 1], rows[at + 1]];
  const step = (to: SupplierCredential | undefined) => (to && !busy ? () => list.open(to.id) : undefined);
  const buttons = row ? actions(row).filter((action) => action.key !== 'open') : [];
  return (
    <SupplierPeek
      row={row}
      onPrevious={step(before)}
      onNext={step(after)}
      onClose={() => !busy && list.open('')}
      actions={
        buttons.length > 0 ? (
          <div className="suppliers-foot">
            {buttons.map((action) => <ActionButton key={action.key} className={action.danger ? 'suppliers-danger' : ''} disabled={action.disabled === true} onClick={action.onSelect}>{action.label}</ActionButton>)}
          </div>
        ) : undefined
      }
    />
  );
}
