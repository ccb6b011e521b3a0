import type { Preferences } from '@lyss/api-types';
import { ApiFailure, call } from '../api/client.ts';
import { rememberPerson, useSession } from '../session/session-store.ts';
import { tellTabs } from '../session/tabs.ts';
import { choosePreferences, usePreferences } from './preferences.ts';

const STALE = 412;

let queue: Promise<unknown> = Promise.resolve();
/** Chosen, and not answered yet: an answer to an earlier choice must not take a later one back. */
let wanted: Partial<Preferences> = {};

function show(preferences: Partial<Preferences>): void {
  choosePreferences({
    ...(preferences.theme === undefined ? {} : { theme: preferences.theme }),
    ...(preferences.locale === undefined ? {} : { language: preferences.locale }),
    ...(preferences.columns === undefined ? {} : { columns: preferences.columns }),
  });
}

async function store(preferences: Partial<Preferences>): Promise<void> {
  const me = useSession.getState().me;
  if (me === null) return;
  const send = (version: number) => call('auth.updateMe', { body: { preferences }, if_match: version });
  const answer = await send(me.version).catch(async (failure: unknown) => {
    if (!(failure instanceof ApiFailure) || failure.status !== STALE) throw failure;
    // Another tab was faster with another change: ours is put on top of it.
    return send((await call('auth.me')).version);
  });
  rememberPerson({ ...answer, preferences: { ...answer.preferences, ...wanted } });
}

/** Shows a choice at once and keeps it with the account; put back, and the failure thrown, where the server refuses. */
export async function savePreferences(preferences: Partial<Preferences>): Promise<void> {
  const { theme, language, columns } = usePreferences.getState();
  show(preferences);
  wanted = { ...wanted, ...preferences };
  const saving = queue.then(() => store(preferences));
  queue = saving.catch(() => undefined);
  try {
    await saving;
    tellTabs('changed');
  } catch (failure) {
    choosePreferences({ theme, language, columns });
    throw failure;
  } finally {
    // What was chosen again meanwhile is somebody else's to take away.
    wanted = Object.fromEntries(Object.entries(wanted).filter(([name, value]) => value !== preferences[name as keyof Preferences]));
  }
}
