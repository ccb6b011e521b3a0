import { useMe } from '../../session/session-store.ts';
import { choosePreferences, usePreferences } from '../preferences.ts';

const none: readonly string[] = [];

/** The columns this person switched off in one list, kept on this device; and how to switch others off. */
export function useHiddenColumns(list: string): [hidden: readonly string[], hide: (hidden: string[]) => void] {
  const key = `${list} ${useMe().id}`;
  const hidden = usePreferences((preferences) => preferences.hidden_columns[key] ?? none);
  const hide = (columns: string[]) => choosePreferences({ hidden_columns: { ...usePreferences.getState().hidden_columns, [key]: columns } });
  return [hidden, hide];
}
