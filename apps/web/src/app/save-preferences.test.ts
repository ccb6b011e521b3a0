import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Me } from '@lyss/api-types';
import { ok, person, refused, serve } from '../api/test-server.ts';
import { forgetPerson, rememberPerson, useSession } from '../session/session-store.ts';
import { i18n } from './i18n/i18n.ts';
import { startTestTexts } from './i18n/start-test-texts.ts';
import { choosePreferences, usePreferences } from './preferences.ts';
import { savePreferences } from './save-preferences.ts';

const PATCH = 'PATCH /api/v1/auth/me';
const kept = () => JSON.parse(localStorage.getItem('lyss.preferences') ?? '{}') as object;
const dark = (version: number) => person(undefined, { version, preferences: { theme: 'dark', locale: 'zh-CN', time_zone: null, columns: {} } });

beforeAll(() => startTestTexts('zh-CN'));
beforeEach(() => {
  choosePreferences({ theme: 'light', language: 'zh-CN' });
  rememberPerson(person() as Me);
});
afterEach(() => vi.unstubAllGlobals());

describe('choosing look and language', () => {
  it('shows at once, keeps a copy for the next first frame, and stores it against the version', async () => {
    const calls = serve({ [PATCH]: () => ok(dark(4)) });
    const saving = savePreferences({ theme: 'dark' });
    expect(document.documentElement.dataset['theme']).toBe('dark');
    expect(kept()).toEqual({ theme: 'dark', language: 'zh-CN', collapsed: false, columns: {} });
    await saving;
    expect(calls[0]?.headers.get('if-match')).toBe('"3"');
    expect(calls[0]?.body).toEqual({ preferences: { theme: 'dark' } });
    expect(useSession.getState().me?.version).toBe(4);
  });

  it('puts it back where the server refuses, and says why', async () => {
    serve({ [PATCH]: () => refused(503, '5004') });
    rememberPerson(person(undefined, { preferences: { ...person().preferences, theme: 'light' } }) as Me);
    await expect(savePreferences({ theme: 'dark' })).rejects.toMatchObject({ code: '5004' });
    expect(document.documentElement.dataset['theme']).toBe('light');
    expect(kept()).toMatchObject({ theme: 'light' });
  });

  it('goes on top of what another tab changed meanwhile', async () => {
    const calls = serve({
      [PATCH]: (seen) => (seen.headers.get('if-match') === '"9"' ? ok(dark(10)) : refused(412, '3005')),
      'GET /api/v1/auth/me': () => ok(person(undefined, { version: 9 })),
    });
    await savePreferences({ theme: 'dark' });
    expect(calls).toHaveLength(3);
    expect(useSession.getState().me?.version).toBe(10);
  });

  it('sends two quick choices one after the other, and the first answer doesn’t take the second back', async () => {
    let version = 3;
    const answer = (body: unknown) => ok(person(undefined, { version: (version += 1), preferences: { theme: 'light', locale: 'zh-CN', time_zone: null, columns: {}, ...(body as { preferences: object }).preferences } }));
    const calls = serve({ [PATCH]: (seen) => answer(seen.body) });
    const shown: unknown[] = [];
    const stop = useSession.subscribe(({ me }) => shown.push(me?.preferences.columns));
    await Promise.all([savePreferences({ columns: { users: ['name'] } }), savePreferences({ columns: { users: [] } })]);
    stop();
    expect(calls.map((call) => call.headers.get('if-match'))).toEqual(['"3"', '"4"']);
    expect(shown).toEqual([{ users: [] }, { users: [] }]);
    expect(usePreferences.getState().columns).toEqual({ users: [] });
  });

  it('takes back only what was refused, and no choice that was made after it', async () => {
    let version = 3;
    const kept: Record<string, unknown> = { ...person().preferences, theme: 'light' };
    serve({
      [PATCH]: (seen) => {
        const { preferences } = seen.body as { preferences: Record<string, unknown> };
        if (preferences['theme'] === 'dark') return refused(503, '5004');
        return ok(person(undefined, { version: (version += 1), preferences: Object.assign(kept, preferences) }));
      },
    });
    rememberPerson(person(undefined, { preferences: { ...kept } }) as Me);
    const first = savePreferences({ theme: 'dark' }).catch((failure: unknown) => failure);
    const others = [savePreferences({ columns: { users: ['name'] } }), savePreferences({ locale: 'en-US' })];
    expect(await first).toMatchObject({ code: '5004' });
    await Promise.all(others);
    expect(usePreferences.getState()).toMatchObject({ theme: 'light', language: 'en-US', columns: { users: ['name'] } });
    expect(useSession.getState().me?.preferences).toMatchObject({ theme: 'light', locale: 'en-US', columns: { users: ['name'] } });
  });

  it('goes back to what the account has, where two choices of one thing are refused', async () => {
    serve({ [PATCH]: () => refused(503, '5004') });
    rememberPerson(person(undefined, { preferences: { ...person().preferences, theme: 'light' } }) as Me);
    await Promise.allSettled([savePreferences({ theme: 'dark' }), savePreferences({ theme: 'system' })]);
    expect(usePreferences.getState().theme).toBe('light');
  });

  it('overwrites no list that another device arranged meanwhile', async () => {
    const elsewhere = { ...person().preferences, columns: { users: ['name'], tenants: ['name'] } };
    const calls = serve({
      [PATCH]: (seen) => (seen.headers.get('if-match') === '"9"' ? ok(person(undefined, { version: 10, preferences: { ...elsewhere, ...(seen.body as { preferences: object }).preferences } })) : refused(412, '3005')),
      'GET /api/v1/auth/me': () => ok(person(undefined, { version: 9, preferences: elsewhere })),
    });
    rememberPerson(person(undefined, { preferences: { ...person().preferences, columns: { tenants: ['name', 'state'] } } }) as Me);
    await savePreferences({ columns: { suppliers: ['name'], users: null } });
    expect(calls.at(-1)?.body).toEqual({ preferences: { columns: { tenants: ['name'], suppliers: ['name'] } } });
    expect(useSession.getState().me?.preferences.columns).toEqual({ tenants: ['name'], suppliers: ['name'] });
  });

  it('stays on the device for a visitor, and the page’s language follows', async () => {
    forgetPerson();
    const calls = serve({});
    await savePreferences({ locale: 'en-US' });
    await vi.waitFor(() => expect(document.documentElement.lang).toBe('en-US'));
    expect(i18n.t(($) => $.actions.save)).toBe('Save');
    expect(calls).toEqual([]);
    expect(usePreferences.getState().language).toBe('en-US');
  });
});
