import { randomUUID } from 'node:crypto';
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { APIRequestContext, Page } from '@playwright/test';
import { IMPORT_PIECE_BYTES } from '@lyss/api-types/import-sizes';
import { escapeLiteral } from 'pg';
import type { Api } from '../api.ts';
import { newKey, newPerson, type Person } from '../data/people.ts';
import { readCode } from '../data/totp.ts';
import { reports } from '../spawn-process.ts';
import { withDatabase, type Text } from './dump.ts';
import { keptLogs } from './logs.ts';
import type { Secret } from './search.ts';

export interface Ground {
  /** An admin of a tenant of the canary's own. */
  admin: Api;
  /** Requests without cookies. */
  request: APIRequestContext;
  url: string;
  supplier_url: string;
  person: Person;
}

/** Lives through everything that takes a secret in or gives one out, rightly and wrongly; answers those that were refused, and a link that nobody has used. */
export async function plantSecrets({ admin, request, url, supplier_url, person }: Ground): Promise<{ secrets: Secret[]; link: string }> {
  const [refused_key, wrong_password] = [`sk-bad-${randomUUID()}`, `not my sentence ${randomUUID()}`];
  const send = (path: string, options: Parameters<APIRequestContext['post']>[1]) => request.post(`${url}${path}`, { ...options, headers: { origin: url } });
  const supplier = { provider: 'openai', base_url: `${supplier_url}/openai/v1` } as const;
  await admin.call('suppliers.create', { body: { ...supplier, name: 'Canary', api_key: newKey() } });
  await admin.call('suppliers.create', { body: { ...supplier, name: 'Canary refused', api_key: refused_key } }).catch(() => null);
  const key = await admin.call('apiKeys.create', { body: { name: person.name, scopes: ['chat.use'] } });
  await admin.call('apiKeys.rotate', { params: { id: key.id }, body: { overlap_hours: 0 } });
  const { user, invitation } = await admin.call('users.create', { body: { name: person.name, email: person.email } });
  const token = new URL(invitation.url).pathname.split('/').at(-1);
  await send(`/api/v1/auth/invitations/${token}`, { data: { password: person.password } });
  for (const password of [wrong_password, person.password]) {
    await send('/api/v1/auth/login', { data: { email: person.email, password } });
    await send('/api/v1/auth/token', { form: { grant_type: 'password', username: person.email, password } });
  }
  const { secret } = await admin.call('secondFactors.startTotp');
  await admin.call('secondFactors.confirmTotp', { body: { code: readCode(secret) } });
  const reset = await admin.call('users.resetPassword', { params: { id: user.id } });
  const refused: Secret[] = [{ kind: 'supplier key', bytes: Buffer.from(refused_key) }, { kind: 'password', bytes: Buffer.from(wrong_password) }];
  return { secrets: refused, link: new URL(reset.invitation.url).pathname };
}

export const newSentinel = (): Person => newPerson(`Canary ${randomUUID()}`);

/** Lets a model say it, in an answer that streams. */
export async function sayInStream(admin: Api, text: string): Promise<void> {
  const { id } = await admin.call('chat.createConversation', { body: { title: 'Canary', model: 'echo' } });
  await admin.ask(id, text, 'echo');
}

/** Puts it wherever a page could keep something. */
export async function storeInBrowser(page: Page, text: string): Promise<void> {
  await page.evaluate(async (value) => {
    localStorage.setItem('canary-local', `local ${value}`);
    sessionStorage.setItem('canary-session', `session ${value}`);
    document.cookie = `canary=cookie ${encodeURIComponent(value)}`;
    await (await caches.open('canary')).put('/canary', new Response(`cache ${value}`));
    await new Promise<void>((resolve, reject) => {
      const opening = indexedDB.open('canary', 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore('kept', { autoIncrement: true }).add(`base ${value}`);
      opening.onsuccess = () => resolve(opening.result.close());
      opening.onerror = () => reject(opening.error ?? new Error('unopened'));
    });
  }, text);
}

/** Into what the servers print, into the logs that are left of databases, and by a statement that fails into the shared one's. */
export async function writeToLogs(data_dir: string, text: string): Promise<void> {
  appendFileSync(join(reports, 'logs', 'e2e-server.log'), `${text}\n`);
  mkdirSync(keptLogs, { recursive: true });
  writeFileSync(join(keptLogs, 'canary.log'), text);
  await withDatabase(data_dir, (client) => client.query(`select ${escapeLiteral(text)}::integer`)).catch(() => null);
}

const POLL_MS = 100;

async function waitUntilReady(read: () => Promise<{ state: string }>): Promise<void> {
  for (let { state } = await read(); state !== 'ready'; { state } = await read()) {
    if (state !== 'queued' && state !== 'running') throw new Error(`a file to search is ${state}, and will not be ready`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** The tenant's whole trail as both kinds of file. */
export async function exportAudit(admin: Api, request: APIRequestContext, url: string): Promise<Text[]> {
  const files: Text[] = [];
  for (const format of ['csv', 'jsonl'] as const) {
    const { id } = await admin.call('audit.startExport', { body: { format } });
    await waitUntilReady(() => admin.call('audit.readExport', { params: { id } }));
    const answer = await request.get(`${url}/api/v1/admin/audit-logs/exports/${id}/file`);
    files.push({ where: `audit.${format}`, bytes: await answer.body() });
  }
  return files;
}

/** The tenant's archive, which also goes to an empty tenant's admin, with whom it stays unfinished: its pieces are kept. */
export async function exportTenant(admin: Api, into: Api, request: APIRequestContext, url: string): Promise<Text> {
  const { id } = await admin.call('archives.start');
  await waitUntilReady(() => admin.call('archives.read', { params: { id } }));
  const bytes = await (await request.get(`${url}/api/v1/admin/tenant/exports/${id}/file`)).body();
  // One that waits for its last piece is neither judged nor removed.
  const sent = Buffer.concat([bytes, Buffer.alloc(IMPORT_PIECE_BYTES)]).subarray(0, IMPORT_PIECE_BYTES);
  const begun = await into.call('imports.start', { body: { file_name: 'canary.tar.gz', bytes: sent.length + 1, sha256: '0'.repeat(64) } });
  await into.call('imports.upload', { params: { id: begun.id }, body: { number: 0, content: sent.toString('base64') } });
  return { where: 'tenant.tar.gz', bytes };
}

/** A line of the metrics that was not in them before: they hold nothing that a caller chooses, but they count what it does. */
export async function markMetrics(request: APIRequestContext, url: string, metrics_url: string): Promise<string> {
  const read = async () => (await (await request.get(metrics_url)).text()).split('\n').filter((line) => /_count\{.*"\/api\/v1\/auth\/me"/.test(line));
  const before = await read();
  await request.get(`${url}/api/v1/auth/me`);
  const fresh = (await read()).find((line) => !before.includes(line));
  if (fresh === undefined) throw new Error(`the metrics did not count a request: ${before.join()}`);
  return fresh;
}
