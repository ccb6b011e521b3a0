import { savePreferences } from '../save-preferences.ts';
import { usePreferences } from '../preferences.ts';
import { showNotice } from '../shell/shell-store.ts';

/**
 * The columns this person switched off in one list, and how to switch others off. The account keeps those that are off,
 * as `<list>-off`: a column that comes later shows itself. It may still hold those that were shown, under the list's own name.
 */
export function useHiddenColumns(list: string, columns: readonly { key: string }[]): [hidden: readonly string[], hide: (hidden: string[]) => void] {
  const off = usePreferences((preferences) => preferences.columns[`${list}-off`]);
  const shown = usePreferences((preferences) => preferences.columns[list]);
  const keys = columns.map(({ key }) => key);
  const hide = (hidden: string[]) => {
    showNotice(null);
    const choice = { columns: { [`${list}-off`]: hidden.length > 0 ? hidden : null, [list]: null } };
    savePreferences(choice).catch((failure: unknown) => showNotice(failure instanceof Error ? failure.message : String(failure)));
  };
  return [off ?? (shown === undefined ? [] : keys.filter((key) => !shown.includes(key))), hide];
}
