import { tenantModel, type TenantModel } from '@lyss/api-types';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTestApp, type TestApp, type TestPerson } from '../../../test/app.ts';
import { addPerson } from '../../../test/proof/people.ts';
import { newId } from '../../crypto/digest.ts';
import { createApp } from '../../app.ts';
import { createContext, type Context } from '../../context.ts';

let test: TestApp;
let admin: TestPerson;

beforeAll(async () => {
  test = await createTestApp();
});
beforeEach(async () => {
  admin = await test.signInAs('tenant_admin', { tenant: 'new' });
});
afterAll(() => test.close());

async function serve(models: string[], provider: 'openai' | 'azure' = 'openai', as = admin): Promise<void> {
  const row = { provider, base_url: 'https://api.openai.com/v1', models, enabled: true, status: 'healthy' as const };
  await test.context.tenancy.withTenant(as.tenant_id, (db) => db.insertInto('supplier_credentials').values({ tenant_id: as.tenant_id, id: newId(), name: newId(), ...row }).execute());
}
const list = async (query = '', as = admin): Promise<TenantModel[]> => (await test.call('GET', `/api/v1/admin/models${query}`, { as })).body.data.items;
async function find(name: string): Promise<TenantModel> {
  const found = (await list('?page_size=100')).find((model) => model.name === name);
  if (!found) throw new Error(`no ${name}`);
  return found;
}
const change = async (name: string, body: object) => test.call('PATCH', `/api/v1/admin/models/${(await find(name)).id}`, { as: admin, body });
const offered = async (as: TestPerson) => (await test.call('GET', '/api/v1/models', { as })).body.data.items as { name: string; available: boolean; reason: string | null; aliases: string[]; price: unknown }[];
async function say(as: TestPerson, model: string) {
  const { id } = (await test.call('POST', '/api/v1/chat/conversations', { as, body: {} })).body.data;
  return test.call('POST', `/api/v1/chat/conversations/${id}/replies`, { as, body: { content: 'demo:echo', model } });
}
const inviteMember = (custom_role_ids: string[] = []) => addPerson(test, admin, { roles: ['end_user'], custom_role_ids });

describe('the list', () => {
  it('has every model of every credential once a supplier, embeddings too, as the contract says', async () => {
    await serve(['gpt-4.1', 'text-embedding-3-small']);
    await serve(['gpt-4.1']);
    await serve(['gpt-4.1'], 'azure');
    const items = await list('?sort_by=name');
    expect(items.map((item) => tenantModel.parse(item))).toEqual(items);
    expect(items.map(({ provider, name, credentials }) => [provider, name, credentials.length])).toEqual(expect.arrayContaining([['openai', 'gpt-4.1', 2], ['azure', 'gpt-4.1', 1], ['openai', 'text-embedding-3-small', 1]]));
    expect(items).toHaveLength(5);
  });

  it('filters, searches names and aliases, and pages by cursor without losing or repeating one', async () => {
    await serve(['gpt-4.1', 'gpt-4o', 'gpt-4.1-mini', 'unheard-of', 'text-embedding-3-small']);
    await change('gpt-4o', { aliases: ['the-quick-one'], offered: false });
    expect((await list('?search=QUICK')).map(({ name }) => name)).toEqual(['gpt-4o']);
    expect((await list('?offered=false')).map(({ name }) => name)).toEqual(['gpt-4o']);
    expect((await list('?priced=false')).map(({ name }) => name)).toEqual(['unheard-of']);
    expect((await list('?capability=embedding')).map(({ name }) => name)).toEqual(['text-embedding-3-small']);
    for (const sort of ['sort_by=input_price', 'sort_by=input_price&sort_order=desc', 'sort_by=name']) {
      const whole = (await list(`?${sort}&page_size=100`)).map(({ id }) => id);
      const walked: string[] = [];
      let cursor = '';
      do {
        const { body } = await test.call('GET', `/api/v1/admin/models?${sort}&page_size=2${cursor}`, { as: admin });
        walked.push(...body.data.items.map((item: TenantModel) => item.id));
        cursor = body.data.pagination.next_cursor ? `&cursor=${body.data.pagination.next_cursor}` : '';
      } while (cursor);
      expect(walked).toEqual(whole);
      expect(new Set(walked).size).toBe(7);
    }
    expect((await test.call('GET', '/api/v1/admin/models?cursor=nonsense', { as: admin })).status).toBe(400);
  });

  it('is an admin’s, and another tenant’s model is nobody’s', async () => {
    await serve(['gpt-4.1']);
    const stranger = await test.signInAs('tenant_admin', { tenant: 'new' });
    await serve(['gpt-4.1'], 'openai', stranger);
    const [theirs] = (await list('?search=gpt', stranger));
    expect((await find('gpt-4.1')).id).not.toBe(theirs?.id);
    expect((await test.call('GET', `/api/v1/admin/models/${theirs?.id}`, { as: admin })).status).toBe(404);
    expect((await test.call('GET', '/api/v1/admin/models', { as: await test.signInAs('end_user') })).status).toBe(403);
  });
});

describe('a change', () => {
  it('switches a model off for everybody, and leaves its trace', async () => {
    expect((await say(admin, 'lyss-demo')).status).toBe(200);
    expect((await change('lyss-demo', { offered: false })).body.data).toMatchObject({ offered: false, version: 2 });
    const refused = await say(admin, 'lyss-demo');
    expect([refused.status, refused.body.error.code, refused.body.error.details.reason]).toEqual([409, '3006', 'model_disabled']);
    expect((await offered(admin)).map(({ name }) => name)).toEqual(['lyss-demo-reasoner']);
    expect((await test.findAudit(admin.tenant_id, 'models.updated'))?.details).toMatchObject({ model: 'demo/lyss-demo', before: { offered: true }, after: { offered: false } });
    await change('lyss-demo', { offered: true });
    expect((await say(admin, 'lyss-demo')).status).toBe(200);
  });

  it('refuses a version that is gone, and a role that is', async () => {
    const { id } = await find('lyss-demo');
    expect((await change('lyss-demo', { display_name: 'Demo' })).status).toBe(200);
    expect((await test.call('PATCH', `/api/v1/admin/models/${id}`, { as: admin, body: { offered: false }, headers: { 'if-match': '"1"' } })).status).toBe(412);
    const refused = await change('lyss-demo', { roles: [newId()] });
    expect([refused.status, refused.body.error.details.issues[0].code]).toEqual([400, 'unknown_role']);
    expect(await find('lyss-demo')).toMatchObject({ display_name: 'Demo', offered: true, roles: null, version: 2 });
  });

  it('offers a model to some roles alone; others see why they can’t, and are refused', async () => {
    const role = (await test.call('POST', '/api/v1/admin/roles', { as: admin, body: { name: 'Writers', permissions: ['chat.use'] } })).body.data;
    const [writer, other] = [await inviteMember([role.id]), await inviteMember()];
    await change('lyss-demo', { roles: [role.id] });
    expect((await find('lyss-demo')).roles).toEqual([{ id: role.id, name: 'Writers' }]);
    expect((await offered(other)).find(({ name }) => name === 'lyss-demo')).toMatchObject({ available: false, reason: '2004' });
    const refused = await say(other, 'lyss-demo');
    expect([refused.status, refused.body.error.code, refused.body.error.details.reason]).toEqual([403, '2004', 'model_not_for_roles']);
    expect((await say(writer, 'lyss-demo')).status).toBe(200);
    expect((await offered(writer)).find(({ name }) => name === 'lyss-demo')).toMatchObject({ available: true });
    await change('lyss-demo', { roles: ['end_user'] });
    expect((await say(other, 'lyss-demo')).status).toBe(200);
    expect((await say(admin, 'lyss-demo')).status).toBe(403);
  });

  it('gives a model further names, each of one model alone', async () => {
    await serve(['gpt-4.1']);
    expect((await change('lyss-demo', { aliases: ['fast', '小助手'] })).body.data.aliases).toEqual(['fast', '小助手']);
    expect((await say(admin, '小助手')).status).toBe(200);
    for (const aliases of [['fast'], ['lyss-demo-reasoner'], ['gpt-4.1']]) {
      const refused = await change('gpt-4.1', { aliases });
      expect([refused.status, refused.body.error.details.reason], aliases.join()).toEqual([409, 'alias_taken']);
    }
    for (const alias of ['openai/x', 'wf/x', 'two words', '', '-x']) expect((await change('gpt-4.1', { aliases: [alias] })).status, alias).toBe(400);
    await change('lyss-demo', { aliases: [] });
    expect((await say(admin, 'fast')).status).toBe(404);
    expect((await change('gpt-4.1', { aliases: ['fast'] })).status).toBe(200);
  });

  it('keeps an alias with its model when a supplier comes to serve one of that name', async () => {
    await change('lyss-demo', { aliases: ['gpt-4.1'] });
    await serve(['gpt-4.1']);
    expect((await offered(admin)).map(({ name }) => name)).toEqual(['openai/gpt-4.1', 'lyss-demo', 'lyss-demo-reasoner']);
    expect((await say(admin, 'gpt-4.1')).status).toBe(200);
    expect((await change('lyss-demo', { aliases: ['gpt-4.1'], offered: true })).status).toBe(200);
  });
});

describe('prices', () => {
  it('are the tenant’s own where it has them, with every one it had', async () => {
    await serve(['gpt-4.1']);
    expect(await find('gpt-4.1')).toMatchObject({ price: { input: '2', currency: 'USD' }, price_source: 'catalogue', own_price: null });
    const own = { input: '1.000000001', cached_input: null, output: '9999999.999999999' };
    expect((await change('gpt-4.1', { price: own })).body.data).toMatchObject({ price: { ...own, currency: 'USD' }, price_source: 'own', catalogue_price: { input: '2' } });
    await change('gpt-4.1', { price: own, display_name: 'Same price, another name' });
    await change('gpt-4.1', { price: null });
    const { id, price_source } = await find('gpt-4.1');
    expect(price_source).toBe('catalogue');
    const history = (await test.call('GET', `/api/v1/admin/models/${id}/prices`, { as: admin })).body.data.items;
    expect(history).toMatchObject([{ price: null }, { price: { ...own, currency: 'USD' }, by: { user_id: admin.user_id } }]);
    expect(history).toHaveLength(2);
    for (const input of ['-1', '1e3', '10000000', '1.0000000001', '']) expect((await change('gpt-4.1', { price: { input, output: '1' } })).status, input).toBe(400);
  });

  it('come from the catalogue at the tenant’s rate, rounded up, and are unknown without one', async () => {
    await serve(['gpt-4.1']);
    await test.call('PATCH', '/api/v1/admin/tenant', { as: admin, body: { currency: 'CNY' } });
    expect(await find('gpt-4.1')).toMatchObject({ price: null, price_source: null, catalogue_price: { currency: 'USD' } });
    // What costs nothing costs nothing in any currency.
    expect(await find('lyss-demo')).toMatchObject({ price: { input: '0', currency: 'CNY' } });
    const put = (body: object) => test.call('PUT', '/api/v1/admin/exchange-rates', { as: admin, body });
    expect((await put({ to: 'CNY', rate: '7.123456789' })).body.data).toMatchObject({ from: 'USD', to: 'CNY', rate: '7.123456789', is_needed: true, history: [{ currency: 'CNY', by: { user_id: admin.user_id } }] });
    expect((await find('gpt-4.1')).price).toEqual({ input: '14.246913578', cached_input: '3.561728395', output: '56.987654312', currency: 'CNY' });
    expect((await offered(admin)).find(({ name }) => name === 'gpt-4.1')?.price).toMatchObject({ currency: 'CNY', input: '14.246913578' });
    expect((await put({ to: 'EUR', rate: '1' })).body.error.details.reason).toBe('currency_changed');
    for (const rate of ['0', '0.000', '-1', 'x']) expect((await put({ to: 'CNY', rate })).status, rate).toBe(400);
    await put({ to: 'CNY', rate: null });
    expect((await find('gpt-4.1')).price).toBeNull();
    expect((await test.findAudit(admin.tenant_id, 'exchange_rates.replaced'))?.details).toMatchObject({ to: 'CNY' });
  });

  it('of a currency of before are not in force, and a tenant in dollars needs no rate', async () => {
    await serve(['gpt-4.1']);
    expect((await test.call('PUT', '/api/v1/admin/exchange-rates', { as: admin, body: { to: 'USD', rate: '1' } })).body.error.details.reason).toBe('rate_not_needed');
    await change('gpt-4.1', { price: { input: '1', output: '1' } });
    await test.call('PATCH', '/api/v1/admin/tenant', { as: admin, body: { currency: 'EUR' } });
    expect(await find('gpt-4.1')).toMatchObject({ price: null, own_price: { currency: 'USD' } });
    await test.call('PATCH', '/api/v1/admin/tenant', { as: admin, body: { currency: 'USD' } });
    expect(await find('gpt-4.1')).toMatchObject({ price_source: 'own' });
  });
});

describe('what calls cost', () => {
  it('stands with the model, under every name that it was called by', async () => {
    await change('lyss-demo', { aliases: ['fast'], price: { input: '1000', output: '1000' } });
    const { id } = await find('lyss-demo');
    expect((await test.call('GET', `/api/v1/admin/models/${id}`, { as: admin })).body.data).toMatchObject({ last_used_at: null, last_30_days: { requests: 0, cost: { amount: '0', currency: 'USD' } } });
    await say(admin, 'fast');
    await expect.poll(async () => (await find('lyss-demo')).last_used_at, { timeout: 10_000 }).not.toBeNull();
  });
});

describe('another replica', () => {
  let other: Context;
  beforeAll(async () => {
    other = await createContext(test.context.config, { app_url: test.database.app_url, keyring: test.keyring }, { log: test.context.log });
  });
  afterAll(() => other.close());

  it('hears of every change that a call feels, and does not wait until what it knows is old', async () => {
    const app = createApp(other);
    const headers = { authorization: `Bearer ${admin.access_token}`, 'content-type': 'application/json' };
    const { id } = (await test.call('POST', '/api/v1/chat/conversations', { as: admin, body: {} })).body.data;
    const sayThere = async () => {
      const answer = await app.request(`${test.context.config.public_url.origin}/api/v1/chat/conversations/${id}/replies`, { method: 'POST', headers, body: JSON.stringify({ content: 'demo:echo', model: 'lyss-demo' }) });
      await answer.text();
      return answer.status;
    };
    expect(await sayThere()).toBe(200);
    // From here on nothing grows old: what it forgets, it was told of.
    const now = Date.now();
    vi.spyOn(Date, 'now').mockReturnValue(now);
    try {
      for (const [body, status] of [[{ offered: false }, 409], [{ offered: true }, 200], [{ roles: ['end_user'] }, 403], [{ roles: null }, 200]] as const) {
        await change('lyss-demo', body);
        await expect.poll(sayThere, { timeout: 10_000 }).toBe(status);
      }
    } finally {
      vi.restoreAllMocks();
    }
  });
});
