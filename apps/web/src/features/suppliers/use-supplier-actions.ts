import type { SupplierCredential } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { useCan } from '../../session/session-store.ts';
import type { RowAction } from '../../ui/list/column.ts';

export interface Asked {
  what: 'edit' | 'rotate' | 'test' | 'remove';
  row: SupplierCredential;
}

/** What may be done with a credential, in the row's menu and at the foot of the peek alike. */
export function useSupplierActions(open: (id: string) => void, ask: (asked: Asked) => void, toggle: (row: SupplierCredential, enabled: boolean) => void) {
  const t = useTexts('suppliers');
  const canWrite = useCan('suppliers.write');
  return (row: SupplierCredential): RowAction[] => {
    const show: RowAction = { key: 'open', label: t(($) => $.menu.open), onSelect: () => open(row.id) };
    if (!canWrite) return [show];
    const question = (what: Asked['what'], danger = false): RowAction => ({ key: what, label: t(($) => $.menu[what]), danger, onSelect: () => ask({ what, row }) });
    const onOff: RowAction = { key: 'toggle', label: row.enabled ? t(($) => $.menu.disable) : t(($) => $.menu.enable), onSelect: () => toggle(row, !row.enabled) };
    return [show, question('test'), question('edit'), ...(row.provider === 'demo' ? [] : [question('rotate')]), onOff, question('remove', true)];
  };
}
