import { savePreferences } from '../save-preferences.ts';
import { usePreferences } from '../preferences.ts';
import { showNotice } from '../shell/shell-store.ts';

/**
 * The columns this person switched off in one list, and how to switch others off. The account keeps those that are
 * shown; a list with all of them isn't kept, so that a column which comes later shows itself there.
 */
export function useHiddenColumns(list: string, columns: readonly { key: string }[]): [hidden: readonly string[], hide: (hidden: string[]) => void] {
  const shown = usePreferences((preferences) => preferences.columns[list]);
  const keys = columns.map(({ key }) => key);
  const hide = (hidden: string[]) => {
    const { [list]: _before, ...others } = usePreferences.getState().columns;
    const left = keys.filter((key) => !hidden.includes(key));
    const chosen = left.length === keys.length ? others : { ...others, [list]: left };
    showNotice(null);
    savePreferences({ columns: chosen }).catch((failure: unknown) => showNotice(failure instanceof Error ? failure.message : String(failure)));
  };
  return [shown === undefined ? [] : keys.filter((key) => !shown.includes(key)), hide];
}
