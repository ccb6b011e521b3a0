import type { Me, Preferences } from '@lyss/api-types';
import { ApiFailure, call } from '../api/client.ts';
import { rememberPerson, useSession } from '../session/session-store.ts';
import { tellTabs } from '../session/tabs.ts';
import { choosePreferences, usePreferences } from './preferences.ts';

const STALE = 412;

/** What somebody chose. Columns list by list, for another device may arrange another one; null forgets a list. */
export type Choice = Partial<Omit<Preferences, 'columns'>> & { columns?: Readonly<Record<string, string[] | null>> };

let queue: Promise<unknown> = Promise.resolve();
/** Chosen, and not answered yet: no answer to an earlier choice takes a later one back. */
let waiting: readonly Choice[] = [];
/** What the account was last heard to have, without what waits; good for that version only. */
let account: Pick<Me, 'id' | 'version' | 'preferences'> | null = null;

function put(onto: Preferences, { columns, ...plain }: Choice): Preferences {
  const lists = Object.entries({ ...onto.columns, ...columns }).filter((list): list is [string, string[]] => list[1] !== null);
  return { ...onto, ...plain, columns: Object.fromEntries(lists) };
}

function show({ theme, locale, columns }: Preferences): void {
  choosePreferences({ theme, language: locale, columns });
}

function readAccount(me: Me): Preferences {
  return account?.id === me.id && account.version === me.version ? account.preferences : me.preferences;
}

/** Remembers the person with everything that still waits on top. */
function remember(me: Me, preferences: Preferences): Preferences {
  account = { id: me.id, version: me.version, preferences };
  const seen = waiting.reduce(put, preferences);
  rememberPerson({ ...me, preferences: seen });
  return seen;
}

async function send(choice: Choice, version: number, kept: Preferences): Promise<Me> {
  const { columns, ...plain } = choice;
  const preferences = { ...plain, ...(columns ? { columns: put(kept, choice).columns } : {}) };
  return call('auth.updateMe', { body: { preferences }, if_match: version });
}

async function store(choice: Choice, chooser: string | undefined): Promise<Me | null> {
  const me = useSession.getState().me;
  if (me === null || me.id !== chooser) return null;
  return send(choice, me.version, readAccount(me)).catch(async (failure: unknown) => {
    if (!(failure instanceof ApiFailure) || failure.status !== STALE) throw failure;
    // Another tab was faster with another change: ours is put on top of it.
    const now = await call('auth.me');
    return send(choice, now.version, now.preferences);
  });
}

/** Stores a choice in its turn; then nothing waits for it, and what is shown is the account with what still waits. */
async function settle(choice: Choice, chooser: string | undefined): Promise<void> {
  const stopWaiting = () => {
    waiting = waiting.filter((other) => other !== choice);
  };
  try {
    const answer = await store(choice, chooser);
    stopWaiting();
    if (answer) remember(answer, answer.preferences);
  } catch (failure) {
    stopWaiting();
    const { me } = useSession.getState();
    if (me) show(remember(me, readAccount(me)));
    throw failure;
  }
}

/** Shows a choice at once and keeps it with the account; taken back alone, and the failure thrown, where the server refuses. */
export async function savePreferences(choice: Choice): Promise<void> {
  const { theme, language, columns } = usePreferences.getState();
  show(put({ theme, locale: language, time_zone: null, columns }, choice));
  waiting = [...waiting, choice];
  const chooser = useSession.getState().me?.id;
  const saving = queue.then(() => settle(choice, chooser));
  queue = saving.catch(() => undefined);
  await saving;
  tellTabs('changed');
}
