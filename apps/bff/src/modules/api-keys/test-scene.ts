import type { ShownApiKey } from '@lyss/api-types';
import type { Answer, TestApp, TestPerson } from '../../../test/app.ts';

const PATH = '/api/v1/api-keys';

/** A key that its person makes; scopes `chat.use` unless others are asked for. */
export async function makeKey(app: TestApp, as: TestPerson, given: object = {}): Promise<ShownApiKey> {
  const made = await app.call('POST', PATH, { as, body: { name: 'Script', scopes: ['chat.use'], ...given } });
  if (made.status !== 201) throw new Error(`no key: ${JSON.stringify(made.body)}`);
  return made.body.data;
}

/** A call with a key instead of a session. */
export function callWith(app: TestApp, key: string, method: string, path: string, options: { body?: unknown; headers?: Record<string, string> } = {}): Promise<Answer> {
  // A script has no page: the harness's own origin would stand for one.
  return app.call(method, path, { ...options, as: { access_token: key } as TestPerson });
}

export const changeKey = (app: TestApp, as: TestPerson, id: string, body: object, version?: number) =>
  app.call('PATCH', `${PATH}/${id}`, { as, body, ...(version === undefined ? {} : { headers: { 'if-match': `"${version}"` } }) });

export const rotate = (app: TestApp, as: TestPerson, id: string, body: object = {}, version?: number) =>
  app.call('POST', `${PATH}/${id}/rotate`, { as, body, ...(version === undefined ? {} : { headers: { 'if-match': `"${version}"` } }) });

export const removeKey = (app: TestApp, as: TestPerson, id: string) => app.call('DELETE', `${PATH}/${id}`, { as });
