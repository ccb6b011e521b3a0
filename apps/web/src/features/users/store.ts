import { create } from 'zustand';

interface Columns {
  /** Keys of the columns that were switched off. */
  hidden: string[];
}

/** Which columns somebody wants to see, as long as the console is open. */
export const useColumns = create<Columns>(() => ({ hidden: [] }));

export function hideColumns(hidden: string[]): void {
  useColumns.setState({ hidden });
}
