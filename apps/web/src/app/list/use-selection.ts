import { useState } from 'react';
import type { ListSelection, RowAction } from '../../ui/list/column.ts';
import { useTexts } from '../i18n/use-texts.ts';

export interface Bulk<Row> {
  canSelect: (row: Row) => boolean;
  /** What can be done with all of these; `done` lets go of them. */
  actions: (rows: readonly Row[], done: () => void) => RowAction[];
}

/** The rows somebody chose on this page: what is no longer on it is no longer chosen. */
export function useSelection<Row extends { id: string; name: string }>(rows: readonly Row[] | undefined, bulk: Bulk<Row> | undefined) {
  const t = useTexts('app');
  const [kept, keep] = useState<ReadonlySet<string>>(new Set());
  const chosen = (rows ?? []).filter((row) => kept.has(row.id));
  const selection: ListSelection<Row> | undefined = bulk && {
    selected: new Set(chosen.map((row) => row.id)),
    canSelect: bulk.canSelect,
    onSelect: (touched, on) => {
      const next = new Set(chosen.map((row) => row.id));
      for (const row of touched) if (on) next.add(row.id); else next.delete(row.id);
      keep(next);
    },
    label: (row) => t(($) => $.list.select, { name: row.name }),
    allLabel: t(($) => $.list.select_all),
  };
  return { chosen, selection, clear: () => keep(new Set()) };
}
