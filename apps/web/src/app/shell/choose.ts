import type { Preferences } from '@lyss/api-types';
import { leaveSession } from '../../session/start-session.ts';
import { replaceAddress } from '../location.ts';
import { visitorPaths } from '../paths.ts';
import { resolveMode, usePreferences } from '../preferences.ts';
import { savePreferences } from '../save-preferences.ts';
import { showNotice } from './shell-store.ts';

function save(preferences: Partial<Preferences>): void {
  showNotice(null);
  savePreferences(preferences).catch((failure: unknown) => showNotice(failure instanceof Error ? failure.message : String(failure)));
}

export function switchTheme(): void {
  save({ theme: resolveMode(usePreferences.getState().theme) === 'dark' ? 'light' : 'dark' });
}

export function switchLanguage(): void {
  save({ locale: usePreferences.getState().language === 'zh-CN' ? 'en-US' : 'zh-CN' });
}

/** Leaves even where the server cannot be told: the page must never pretend to be signed in. */
export function signOut(): void {
  leaveSession()
    .catch(() => undefined)
    // Whoever signs in next begins at the beginning, not where somebody else was.
    .finally(() => replaceAddress(visitorPaths.sign_in));
}
