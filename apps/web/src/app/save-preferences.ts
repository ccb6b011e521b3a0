import type { Preferences } from '@lyss/api-types';
import { ApiFailure, call } from '../api/client.ts';
import { rememberPerson, useSession } from '../session/session-store.ts';
import { tellTabs } from '../session/tabs.ts';
import { choosePreferences, usePreferences } from './preferences.ts';

const STALE = 412;

function show(preferences: Partial<Preferences>): void {
  choosePreferences({
    ...(preferences.theme === undefined ? {} : { theme: preferences.theme }),
    ...(preferences.locale === undefined ? {} : { language: preferences.locale }),
  });
}

async function store(preferences: Partial<Preferences>): Promise<void> {
  const me = useSession.getState().me;
  if (me === null) return;
  const body = { preferences };
  try {
    rememberPerson(await call('auth.updateMe', { body, if_match: me.version }));
  } catch (failure) {
    if (!(failure instanceof ApiFailure) || failure.status !== STALE) throw failure;
    // Another tab was faster with another change: ours is put on top of it.
    const fresh = await call('auth.me');
    rememberPerson(await call('auth.updateMe', { body, if_match: fresh.version }));
  }
}

/** Shows a choice at once and keeps it with the account; put back, and the failure thrown, where the server refuses. */
export async function savePreferences(preferences: Partial<Preferences>): Promise<void> {
  const before = usePreferences.getState();
  show(preferences);
  try {
    await store(preferences);
    tellTabs('changed');
  } catch (failure) {
    choosePreferences({ theme: before.theme, language: before.language });
    throw failure;
  }
}
