import { listEndpoints, permissions, type Endpoint, type EndpointId } from '@lyss/api-types';
import { Client } from 'pg';
import type { Answer, TestPerson } from '../app.ts';
import { ACCESS_COOKIE } from '../browser.ts';
import { cases, type Sent } from '../contract-cases.ts';
import { buildEstate, createContractScene, talk, type ContractScene, type Estate } from '../contract-scene.ts';
import { listFields } from './isolation-fields.ts';
import { addPerson } from './people.ts';

/** One tenant's side: its own view of the scene, in which it is the owner, and every id and text it has that could be asked for. */
export interface Side {
  view: ContractScene;
  admin: TestPerson;
  key: string;
  ids: string[];
  texts: string[];
}
export interface FirstPage {
  item: Record<string, string>;
  next_cursor: string | null;
}
export type Carrier = 'session' | 'script' | 'key';

export interface IsolationScene {
  /** The platform's own: for endpoints that only an operator may ask. */
  operator: Side;
  ours: Side;
  theirs: Side;
  /** What the other tenant's own call of an endpoint would name in its path: things of the right kind. */
  theirParams: Map<string, Record<string, string>>;
  /** Of each of their lists the first thing in it, and the cursor after it. */
  theirPages: Map<string, FirstPage>;
  /** A name, or an address, that theirs have and that was never asked for. */
  takeText(isFit: (text: string) => boolean): string;
  takeIdempotencyKey(): string;
  /** Ids and addresses of theirs that nobody ever sends: in an answer each is a leak. */
  secrets: Set<string>;
  /** Those of them that operators decide about: the domains that theirs asked for. */
  askedOfOperators: Set<string>;
  send(endpoint: Endpoint, sent: Sent, carrier: Carrier, side: Side): Promise<Answer>;
  /** Only so many may be made at once: a quota is no answer to what is asked here. */
  cancelExports(): Promise<void>;
  dumpTheirs(): Promise<string>;
  close(): Promise<void>;
}

export const isForOperators = ({ permission }: Endpoint) => permission.startsWith('tenants.') || permission.startsWith('platform_');
export const MARK = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[\w.-]+@[\w.-]+/g;

/** Two tenants beside the platform's own, each with one of everything and no rights beyond it. */
export async function createIsolationScene(): Promise<IsolationScene> {
  const scene = await createContractScene({ LYSS_TRUST_PROXY: '1' });
  const admin = await scene.app.signInAs('tenant_admin', { tenant: 'new' });
  const ours = await takeSide(scene, await buildEstate(scene.app, admin, admin, scene.supplier_url, scene.demo_model), scene.theirs);
  const theirs = await takeSide(scene, scene.theirs, ours.view.ours);
  const operator = await takeSide(scene, scene.ours, scene.theirs);
  await scene.app.call('POST', '/api/v1/chat/conversations', { as: theirs.admin, body: { title: 'Kept' }, headers: { 'idempotency-key': crypto.randomUUID() } });
  const theirParams = await nameTheirThings(theirs);
  const theirPages = await readTheirPages(theirs);
  const superuser = new Client({ connectionString: scene.app.database.superuser_url });
  await superuser.connect();
  await calmDown(scene, theirs.admin);
  const pools = await plantTexts(superuser, theirs.admin.tenant_id);
  const marksOf = async (side: Side) => new Set((await scene.dump(side.admin.tenant_id)).match(MARK));
  const named = [...theirParams.values()].flatMap((params) => Object.values(params));
  const known = [new Set([...theirs.ids, ...theirs.texts, ...named, ...Object.values(pools).flat()]), await marksOf(ours), await marksOf(operator)];
  const secrets = new Set([...(await marksOf(theirs))].filter((mark) => !known.some((marks) => marks.has(mark))));
  const domains = await superuser.query<{ id: string }>('select id from sso_domains where tenant_id = $1', [theirs.admin.tenant_id]);
  const askedOfOperators = new Set(domains.rows.map(({ id }) => id));
  let requests = 0;
  return {
    ...{ operator, ours, theirs, theirParams, theirPages, secrets, askedOfOperators },
    takeText: (isFit) => [pools.names, pools.emails].find((texts) => isFit(texts.at(-1) ?? ''))?.pop() ?? theirs.admin.workspace,
    takeIdempotencyKey: () => pools.idempotency_keys.pop() ?? '',
    async send(endpoint, { as, params, query, body, headers = {} }, carrier, side) {
      const place = fill(endpoint, params) + (query ? `?${new URLSearchParams(query)}` : '');
      // Each from a network of its own, so that one's count is not another's refusal.
      const from = { 'x-forwarded-for': `10.${(requests >> 16) & 255}.${(requests >> 8) & 255}.${requests++ & 255}`, 'x-request-id': 'isolation' };
      const carried = as ? await carry(scene, as, carrier, side) : {};
      const cookie = [carried['cookie'], headers['cookie']].filter(Boolean).join('; ');
      return scene.app.call(endpoint.method, place, { headers: { ...carried, ...from, ...headers, ...(cookie ? { cookie } : {}) }, ...(body === undefined ? {} : { body }) });
    },
    cancelExports: async () => void (await superuser.query(`update exports set state = 'cancelled', finished_at = now() where state in ('queued', 'running') and tenant_id <> $1`, [theirs.admin.tenant_id])),
    dumpTheirs: () => scene.dump(theirs.admin.tenant_id),
    async close() {
      await superuser.end();
      await scene.close();
    },
  };
}

/** Of a person who was made for one call there is no key: the tenant's admin's stands for it, and one of their own where their tenant is another. */
async function carry(scene: ContractScene, as: TestPerson, carrier: Carrier, side: Side): Promise<Record<string, string>> {
  if (carrier === 'session') return { cookie: `${ACCESS_COOKIE}=${as.access_token}` };
  if (carrier === 'script') return { authorization: `Bearer ${as.access_token}` };
  return { authorization: `Bearer ${as.tenant_id === side.admin.tenant_id ? side.key : await makeKey(scene, as)}` };
}

/** A key that may do whatever its person may. */
async function makeKey({ app }: ContractScene, as: TestPerson): Promise<string> {
  const held = (await app.call('GET', '/api/v1/auth/me', { as })).body.data.permissions;
  const made = await app.call('POST', '/api/v1/api-keys', { as, body: { name: 'All', scopes: permissions.filter((permission) => held.includes(permission)) } });
  return made.body.data.key;
}

async function takeSide(scene: ContractScene, mine: Estate, other: Estate): Promise<Side> {
  const { admin, ...named } = mine;
  const member = await addPerson(scene.app, admin, { roles: ['end_user'] });
  const colleague: Estate = { ...mine, ...(await talk(scene.app, member, scene.demo_model)), admin: member };
  const view: ContractScene = { ...scene, app: { ...scene.app, owner: admin }, ours: mine, theirs: other, colleague };
  const messages = await scene.app.call('GET', `/api/v1/chat/conversations/${mine.conversation_id}/messages`, { as: admin });
  const ids = [...Object.values(named), admin.user_id, admin.tenant_id, ...messages.body.data.items.map(({ id }: { id: string }) => id)];
  return { view, admin, key: await makeKey(scene, admin), ids: [...new Set(ids)], texts: [admin.email, admin.workspace] };
}

async function nameTheirThings({ view }: Side): Promise<IsolationScene['theirParams']> {
  const named: IsolationScene['theirParams'] = new Map();
  for (const [id, endpoint] of listEndpoints()) {
    if (!endpoint.path.includes('{') || endpoint.permission === 'public' || isForOperators(endpoint)) continue;
    const { params } = await cases[id as EndpointId](view);
    if (params) named.set(id, params);
  }
  return named;
}

const TEXTS = 600;

/**
 * Gives theirs many of each thing that has a name, a title or an address, so that each is asked for once: asked for
 * twice, it would be ours as well. An Idempotency-Key that they have used is such a text too.
 */
async function plantTexts(superuser: Client, tenant_id: string) {
  const tables = await superuser.query<{ name: string; columns: string[] }>(
    `select c.relname as name, array_agg(a.attname::text) as columns from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname in ('name', 'title', 'email', 'key')
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and exists (select 1 from pg_attribute t where t.attrelid = c.oid and t.attname = 'tenant_id')
       and exists (select 1 from pg_attribute i where i.attrelid = c.oid and i.attname = 'id') group by 1`,
  );
  const values: Record<string, string> = { name: `'Theirs ' || n`, title: `'Theirs ' || n`, email: `'theirs-' || n || '@example.com'`, key: `md5('theirs' || n)::uuid::text` };
  for (const { name, columns } of tables.rows) {
    const changes = ['id', ...columns].map((column) => `'${column}', ${values[column] ?? 'gen_random_uuid()'}`).join();
    await superuser.query(
      `insert into ${name} select (jsonb_populate_record(null::${name}, to_jsonb(t) || jsonb_build_object(${changes}))).*
       from (select * from ${name} where tenant_id = $1 limit 1) t, generate_series(1, ${TEXTS}) n on conflict do nothing`,
      [tenant_id],
    );
  }
  const found = async (text: string) => (await superuser.query<{ text: string }>(text, [tenant_id])).rows.map((row) => row.text);
  return {
    names: await found(`select name as text from roles where tenant_id = $1 and name like 'Theirs %'`),
    emails: await found(`select email as text from users where tenant_id = $1 and email like 'theirs-%'`),
    idempotency_keys: await found(`select k.key as text from idempotency_keys k, generate_series(1, ${TEXTS}) n where tenant_id = $1 and k.key = md5('theirs' || n)::uuid::text`),
  };
}

async function readTheirPages({ view, admin }: Side): Promise<IsolationScene['theirPages']> {
  const pages: IsolationScene['theirPages'] = new Map();
  for (const [id, endpoint] of listEndpoints()) {
    if (isForOperators(endpoint) || !listFields(endpoint).some(({ name }) => name === 'query cursor')) continue;
    const { as = admin, params = {} } = await cases[id as EndpointId](view);
    const { status, body } = await view.app.call('GET', `${fill(endpoint, params)}?page_size=1`, { as });
    if (status !== 200) throw new Error(`no page of theirs at ${id}: ${JSON.stringify(body)}`);
    pages.set(id, { item: body.data.items[0] ?? {}, next_cursor: body.data.pagination.next_cursor });
  }
  return pages;
}

const fill = ({ path }: Endpoint, params: Record<string, string> = {}) => path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));

/** What they began is over, and nothing more is written for them. */
async function calmDown(scene: ContractScene, admin: TestPerson): Promise<void> {
  const conversations = await scene.app.call('GET', '/api/v1/chat/conversations?page_size=100', { as: admin });
  for (const { running_reply_id } of conversations.body.data.items) if (running_reply_id) await scene.app.call('POST', `/api/v1/chat/replies/${running_reply_id}/stop`, { as: admin });
  for (let [last, calm] = ['', 0]; calm < 4; ) {
    const now = await scene.dump(admin.tenant_id);
    calm = now === last ? calm + 1 : 0;
    last = now;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
