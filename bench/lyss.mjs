import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort } from '../scripts/free-port.mjs';
import { readPostgresCpu, startMeasured, waitUntilReady } from './processes.mjs';

/** @typedef {{ email: string, access_token: string, refresh_token: string }} Person */
/** @typedef {Awaited<ReturnType<typeof startLyss>>} Lyss */

const PASSWORD = 'quiet-lakes-run-deep-7';
const WORKSPACE = 'bench';
// Beyond any load from one machine: what is measured is the work, not the refusal.
const NO_LIMIT = '10000000';

/**
 * The built server with a database and keys of its own, gone with it.
 * @param {{ allow?: string }} [options] `allow`: hosts that suppliers may live on
 */
export async function startLyss({ allow = '' } = {}) {
  const data_dir = mkdtempSync(join(tmpdir(), 'lyss-bench-'));
  const port = await findFreePort();
  const server = startMeasured('apps/bff/dist/main.js', [], {
    PORT: String(port), HOST: '127.0.0.1', LYSS_DATA_DIR: data_dir, LYSS_EGRESS_ALLOW: allow, LYSS_STOP_SECONDS: '2',
    LYSS_REQUESTS_PER_PERSON: NO_LIMIT, LYSS_REQUESTS_PER_NETWORK: NO_LIMIT,
    ...{ DATABASE_URL: '', LYSS_APP_DATABASE_URL: '', LYSS_MASTER_KEYS: '', LYSS_PUBLIC_URL: '', LYSS_LOG_LEVEL: '' },
  });
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    await server.stop();
    rmSync(data_dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  };
  try {
    await waitUntilReady(`${url}/health/ready`, server);
    const token = await waitForToken(server);
    const body = { token, email: 'owner@example.com', password: PASSWORD, name: 'Owner', tenant_name: 'Bench', workspace: WORKSPACE, locale: 'en-US' };
    await call(url, 'POST', '/api/v1/setup', { body });
    return { url, server, stop, owner: await signIn(url, 'owner@example.com'), readPostgresCpu: () => readPostgresCpu(data_dir) };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The set-up link is printed a moment after the server is ready. @param {import('./processes.mjs').Measured} server */
async function waitForToken(server) {
  for (const until = Date.now() + 10_000; Date.now() < until; await new Promise((resolve) => setTimeout(resolve, 50))) {
    const token = /set-up#token=([\w-]+)\s/.exec(server.output())?.[1];
    if (token) return token;
  }
  throw new Error(`no set-up link was printed:\n${server.output()}`);
}

/**
 * One call of the console API. Throws with the answer where it is refused.
 * @param {string} url @param {string} method @param {string} path @param {{ as?: Person, body?: unknown }} [options]
 * @returns {Promise<any>} the answer's data
 */
export async function call(url, method, path, { as, body } = {}) {
  const form = body instanceof URLSearchParams;
  const headers = { ...(as && { authorization: `Bearer ${as.access_token}` }), ...(body !== undefined && !form && { 'content-type': 'application/json' }) };
  const sent = body === undefined ? {} : { body: form ? body : JSON.stringify(body) };
  const answer = await fetch(url + path, { method, headers, ...sent });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path} answers ${answer.status}: ${text}`);
  const parsed = text === '' ? {} : JSON.parse(text);
  return parsed.data ?? parsed;
}

/** @param {string} url @param {string} email @returns {Promise<Person>} */
async function signIn(url, email) {
  const body = new URLSearchParams({ grant_type: 'password', username: email, password: PASSWORD, workspace: WORKSPACE });
  return { email, ...(await call(url, 'POST', '/api/v1/auth/token', { body })) };
}

/** An access token ends after ten minutes; a run may be longer. @param {string} url @param {Person} person */
export async function renew(url, person) {
  const body = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: person.refresh_token });
  Object.assign(person, await call(url, 'POST', '/api/v1/auth/token', { body }));
}

/** @param {Lyss} lyss @param {number} count @returns {Promise<Person[]>} people of the owner's tenant */
export async function addPeople({ url, owner }, count) {
  const people = [];
  for (let number = 1; number <= count; number++) {
    const email = `person-${number}@example.com`;
    const made = await call(url, 'POST', '/api/v1/admin/users', { as: owner, body: { email, name: `Person ${number}` } });
    await call(url, 'POST', `/api/v1/auth/invitations/${made.invitation.url.split('/').at(-1)}`, { body: { password: PASSWORD } });
    people.push(await signIn(url, email));
  }
  return people;
}
