import { useSyncExternalStore } from 'react';
import { create } from 'zustand';
import type { Locale, Preferences as Kept } from '@lyss/api-types';
import { i18n } from './i18n/i18n.ts';
import { tokens, type Mode } from './tokens.ts';

const KEY = 'lyss.preferences';
const dark = typeof matchMedia === 'undefined' ? null : matchMedia('(prefers-color-scheme: dark)');

export type Theme = Kept['theme'];
interface Preferences {
  theme: Theme;
  language: Locale;
  /** The sidebar shows its icons alone. */
  collapsed: boolean;
  /** The columns that are shown, by list; the account's, here for the first paint. */
  columns: Kept['columns'];
}

// Anything may stand in storage: what is not a list of names is passed over.
function readColumns(kept: unknown): Kept['columns'] {
  if (typeof kept !== 'object' || kept === null) return {};
  return Object.fromEntries(Object.entries(kept).filter(([, names]) => Array.isArray(names) && names.every((name) => typeof name === 'string')));
}

function readKept(): Preferences {
  const language: Locale = document.documentElement.lang === 'en-US' ? 'en-US' : 'zh-CN';
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Preferences> | null;
    const theme = kept?.theme === 'dark' || kept?.theme === 'light' ? kept.theme : 'system';
    return { theme, language, collapsed: kept?.collapsed === true, columns: readColumns(kept?.columns) };
  } catch {
    return { theme: 'system', language, collapsed: false, columns: {} };
  }
}

export const usePreferences = create<Preferences>(readKept);

/** The look that `system` comes to on this machine now. */
export function resolveMode(theme: Theme): Mode {
  if (theme !== 'system') return theme;
  return dark?.matches ? 'dark' : 'light';
}

function draw(): void {
  const mode = resolveMode(usePreferences.getState().theme);
  document.documentElement.dataset['theme'] = mode;
  document.querySelector('meta[name=theme-color]')?.setAttribute('content', tokens[mode].canvas);
}
dark?.addEventListener('change', draw);
// It may have changed since index.html looked, when nobody listened yet.
if (dark) draw();

/** Shows and keeps a choice on this device; index.html reads the same copy before its first frame. */
export function choosePreferences(chosen: Partial<Preferences>): void {
  usePreferences.setState(chosen);
  const { theme, language, collapsed, columns } = usePreferences.getState();
  try {
    localStorage.setItem(KEY, JSON.stringify({ theme, language, collapsed, columns }));
  } catch {
    // A browser without storage forgets the choice; nothing else depends on it.
  }
  draw();
  if (i18n.language !== language) void i18n.changeLanguage(language);
}

function watchSystem(changed: () => void): () => void {
  dark?.addEventListener('change', changed);
  return () => dark?.removeEventListener('change', changed);
}

/** `light` or `dark`, following the system where the person left it to that. */
export function useMode(): Mode {
  const theme = usePreferences((preferences) => preferences.theme);
  return useSyncExternalStore(watchSystem, () => resolveMode(theme));
}
