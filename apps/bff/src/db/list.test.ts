import { listEndpoints } from '@lyss/api-types';
import fc from 'fast-check';
import { sql } from 'kysely';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createTestDatabase, type TestDatabase } from '../../test/postgres.ts';
import { newId } from '../crypto/digest.ts';
import { openDatabase, type Database } from './database.ts';
import { escapeLike, listPage, type ListWindow } from './list.ts';
import { createTenancy, type Tenancy } from './tenancy.ts';

const sorts = ['created_at', 'name', 'email', 'last_seen_at'] as const;
const columns = ['id', ...sorts] as const;
let test: TestDatabase;
let database: Database;
let tenancy: Tenancy;
beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase({ app_url: test.app_url, max: 2, onError: () => undefined });
  tenancy = createTenancy(database);
});
afterAll(async () => {
  await database.close();
  await test.drop();
});

interface Row {
  name: string;
  created_at: string;
  last_seen_at: string | null;
}

/** A tenant with just these people. */
async function settle(rows: Row[]): Promise<string> {
  const tenant_id = newId();
  await tenancy.withPlatform((db) => db.insertInto('tenants').values({ id: tenant_id, name: 'T', workspace: tenant_id, locale: 'en-US', currency: 'USD', time_zone: 'UTC' }).execute());
  const people = rows.map((row) => ({ tenant_id, id: newId(), email: `${newId()}@example.com`, roles: ['end_user' as const], locale: 'en-US' as const, ...row }));
  if (people.length > 0) await tenancy.withTenant(tenant_id, (db) => db.insertInto('users').values(people).execute());
  return tenant_id;
}

const read = (tenant_id: string, window: ListWindow) => tenancy.withTenant(tenant_id, (db) => listPage(db.selectFrom('users').select(columns), window));

async function readAll(tenant_id: string, window: Omit<ListWindow, 'cursor'>) {
  const items: Record<(typeof columns)[number], string | null>[] = [];
  for (let cursor: string | undefined; ; ) {
    const { items: some, pagination } = await read(tenant_id, { ...window, cursor });
    expect(some.length).toBeLessThanOrEqual(window.page_size);
    expect(pagination.has_next).toBe(pagination.next_cursor !== null);
    items.push(...some);
    if (pagination.next_cursor === null) return items;
    cursor = pagination.next_cursor;
  }
}

const instant = fc.constantFrom('2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.001Z', '2026-06-01T12:00:00.000Z');
const row = fc.record({
  name: fc.constantFrom('a', 'A', 'ä', 'b', '中', '', ' ', "o'b", '%', '_', '\\', '"', '\u{1f600}', 'aa'),
  created_at: instant,
  last_seen_at: fc.option(instant),
});

describe('a list', () => {
  it('shows every row once and in order, whatever ties, nulls, sort and page size there are', async () => {
    const property = fc.asyncProperty(fc.array(row, { maxLength: 14 }), fc.constantFrom(...sorts), fc.constantFrom('asc' as const, 'desc' as const), fc.integer({ min: 1, max: 6 }), async (rows, sort_by, sort_order, page_size) => {
      const tenant_id = await settle(rows);
      const paged = await readAll(tenant_id, { page_size, sort_by, sort_order });
      const whole = await read(tenant_id, { page_size: 100, sort_by, sort_order, include_total: true });
      expect(paged).toEqual(whole.items);
      expect(new Set(paged.map(({ id }) => id)).size).toBe(rows.length);
      expect(whole.pagination.total_items).toBe(rows.length);
      const nulls = paged.map((item) => item[sort_by] === null);
      expect(nulls).toEqual([...nulls].sort((a, b) => Number(a) - Number(b)));
    });
    await fc.assert(property, { numRuns: 40 });
  });

  it('by number shows the same pages, with what a person who clicks numbers needs', async () => {
    const tenant_id = await settle(Array.from({ length: 7 }, (_, n) => ({ name: `n${n % 3}`, created_at: '2026-01-01T00:00:00.000Z', last_seen_at: null })));
    const all = await readAll(tenant_id, { page_size: 3, sort_by: 'name', sort_order: 'asc' });
    for (const page of [1, 2, 3, 4]) {
      const { items, pagination } = await read(tenant_id, { page_size: 3, page, sort_by: 'name', sort_order: 'asc' });
      expect(items).toEqual(all.slice((page - 1) * 3, page * 3));
      expect(pagination).toMatchObject({ total_items: 7, total_pages: 3, has_prev: page > 1, has_next: page < 3 });
    }
  });

  it('goes on after its cursor’s row is gone and others came', async () => {
    const rows = Array.from({ length: 6 }, (_, n) => ({ name: `n${n}`, created_at: '2026-01-01T00:00:00.000Z', last_seen_at: null }));
    const tenant_id = await settle(rows);
    const first = await read(tenant_id, { page_size: 3, sort_by: 'name', sort_order: 'asc' });
    const gone = first.items.at(-1);
    await tenancy.withTenant(tenant_id, (db) => db.deleteFrom('users').where('id', '=', gone?.id ?? '').execute());
    const next = await read(tenant_id, { page_size: 3, sort_by: 'name', sort_order: 'asc', cursor: first.pagination.next_cursor ?? '' });
    expect(next.items.map(({ name }) => name)).toEqual(['n3', 'n4', 'n5']);
  });
});

describe('the columns that lists sort by', () => {
  // Which table a list reads; a new list without a line here fails.
  const tables: Record<string, string> = {
    ...{ 'tenants.list': 'tenants', 'users.list': 'users', 'suppliers.list': 'supplier_credentials', 'chat.listConversations': 'conversations' },
    ...{ 'audit.list': 'audit_entries', 'audit.listPlatform': 'platform_audit_entries', 'apiKeys.list': 'api_keys', 'apiKeys.listAll': 'api_keys', 'audit.listExports': 'exports', 'sessions.list': 'sessions' },
    ...{ 'archives.list': 'exports', 'imports.list': 'imports', 'looks.listAtMe': 'looks', 'looks.listConversations': 'conversations', 'sso.listDomains': 'sso_domains' },
    ...{ 'budgets.list': 'budgets', 'budgets.listPots': 'budget_pots', 'budgets.listAlerts': 'budget_alerts' },
    ...{ 'tenantModels.listPrices': 'model_prices', 'requests.list': 'usage_records' },
  };
  // Made in memory, with the nulls where its own test wants them, or of sums, which are never null.
  const without_table = ['tenantModels.list', 'usage.top'];
  const lists = listEndpoints().flatMap(([id, { query }]) => {
    const sort = query instanceof z.ZodObject ? query.shape['sort_by'] : undefined;
    return sort instanceof z.ZodDefault && sort.unwrap() instanceof z.ZodEnum && !without_table.includes(id) ? [{ id, columns: (sort.unwrap() as z.ZodEnum).options as string[] }] : [];
  });

  // What a look-up function adds to its list's table, by the names of what it returns.
  const added: Record<string, string> = { 'tenants.list': 'list_tenant_order' };

  // What a list works out by itself, and never leaves open.
  const worked_out: Record<string, string[]> = { 'budgets.list': ['tree', 'used'] };

  it('are known to hold nulls exactly where they may', async () => {
    expect(lists.map(({ id }) => id).sort()).toEqual(Object.keys(tables).sort());
    const found = new Set<string>();
    for (const { id, columns: sortable } of lists) {
      const rows = await tenancy.lookUp<{ name: string; is_nullable: boolean }>(`select attname as name, not attnotnull as is_nullable from pg_attribute where attrelid = $1::regclass and attname = any ($2)`, [tables[id], sortable]);
      const more = await tenancy.lookUp<{ name: string }>(`select name from pg_proc, unnest(proargnames[array_position(proargmodes, 't') :]) name where proname = $1 and name = any ($2)`, [added[id] ?? '', sortable]);
      expect([...rows, ...more, ...(worked_out[id] ?? []).map((name) => ({ name }))].map(({ name }) => name).sort(), id).toEqual([...sortable].sort());
      for (const { name, is_nullable } of rows) if (is_nullable) found.add(name);
    }
    expect([...found].sort()).toEqual(['decided_at', 'expires_at', 'last_seen_at', 'last_used_at', 'title']);
  });
});

describe('page 5,000', () => {
  it('is read from the index like page 1, in both directions, without sorting', async () => {
    const tenant_id = await settle(Array.from({ length: 2_000 }, (_, n) => ({ name: 'n', created_at: new Date(Date.UTC(2026, 0, 1) + n).toISOString(), last_seen_at: null })));
    const client = new Client({ connectionString: test.superuser_url });
    await client.connect();
    await client.query('analyze users');
    await client.end();
    for (const [order, beyond] of [['asc', '>'], ['desc', '<']]) {
      const plan = await tenancy.withTenant(tenant_id, (db) =>
        sql<{ 'QUERY PLAN': string }>`explain select id, created_at from users where (created_at, id) ${sql.raw(beyond ?? '')} ('2026-01-01T00:00:01.000Z', ${newId()}) order by created_at ${sql.raw(order ?? '')}, id ${sql.raw(order ?? '')} limit 21`.execute(db),
      );
      const text = plan.rows.map((line) => line['QUERY PLAN']).join('\n');
      expect(text).toContain('users_created_at_index');
      expect(text).toMatch(/Index Cond:.*ROW\(created_at, id\)/);
      expect(text).not.toContain('Sort');
    }
  });
});

describe('a cursor', () => {
  const encode = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
  const id = '0193b3f0-0000-7000-8000-000000000000';
  const refusal = { error_name: 'INVALID_INPUT', details: { issues: [{ path: 'cursor', code: 'invalid_cursor' }] } };
  const forged: [string, unknown][] = [
    ['nothing', ''],
    ['no JSON', '{'],
    ['no array', {}],
    ['another sort', ['name', 'desc', 'x', id]],
    ['another order', ['created_at', 'asc', '2026-01-01T00:00:00.000Z', id]],
    ['an id that is none', ['created_at', 'desc', '2026-01-01T00:00:00.000Z', 'x']],
    ['SQL for an id', ['created_at', 'desc', '2026-01-01T00:00:00.000Z', `${id}' or '1'='1`]],
    ['a date that is none', ['created_at', 'desc', 'yesterday', id]],
    ['a date that only JavaScript reads', ['created_at', 'desc', '1', id]],
    ['a date with a comment', ['created_at', 'desc', '2026-01-01 (x)', id]],
    ['a year too far', ['created_at', 'desc', '+275760-09-13T00:00:00.000Z', id]],
    ['a day that is none', ['created_at', 'desc', '2026-02-30T00:00:00.000Z', id]],
    ['an object for a value', ['created_at', 'desc', {}, id]],
    ['a number for a value', ['created_at', 'desc', 1, id]],
    ['more parts', ['created_at', 'desc', '2026-01-01T00:00:00.000Z', id, 'x']],
  ];

  it.each(forged)('of %s is 1001', async (_name, value) => {
    const tenant_id = await settle([]);
    await expect(read(tenant_id, { page_size: 2, sort_by: 'created_at', cursor: encode(value) })).rejects.toMatchObject(refusal);
  });

  it('of a name with NUL is 1001, and of any other text is a place in the list', async () => {
    const tenant_id = await settle([{ name: 'm', created_at: '2026-01-01T00:00:00.000Z', last_seen_at: null }]);
    const after = (value: string) => read(tenant_id, { page_size: 2, sort_by: 'name', sort_order: 'asc', cursor: encode(['name', 'asc', value, id]) });
    await expect(after('a\0b')).rejects.toMatchObject(refusal);
    expect((await after("a' or 1=1 --")).items).toHaveLength(1);
    expect((await after('zzz')).items).toHaveLength(0);
  });

  it('of random bytes is 1001 or a page, never a failure', async () => {
    const tenant_id = await settle([{ name: 'm', created_at: '2026-01-01T00:00:00.000Z', last_seen_at: null }]);
    const good = (await read(await settle([{ name: 'a', created_at: '2026-01-01T00:00:00.000Z', last_seen_at: null }, { name: 'b', created_at: '2026-01-01T00:00:00.001Z', last_seen_at: null }]), { page_size: 1, sort_by: 'created_at' })).pagination.next_cursor ?? '';
    const property = fc.asyncProperty(fc.nat({ max: good.length - 1 }), fc.constantFrom(...'AZaz09-_'), async (at, letter) => {
      const cursor = good.slice(0, at) + letter + good.slice(at + 1);
      const outcome = await read(tenant_id, { page_size: 2, sort_by: 'created_at', cursor }).catch((error: { error_name?: string }) => error);
      expect(outcome).toSatisfy((value: { error_name?: string; items?: unknown[] }) => value.error_name === 'INVALID_INPUT' || Array.isArray(value.items));
    });
    await fc.assert(property, { numRuns: 150 });
  });
});

describe('a search', () => {
  it('takes LIKE’s own signs for letters', () => {
    expect(escapeLike('100%_\\')).toBe('100\\%\\_\\\\');
    expect(escapeLike('plain')).toBe('plain');
  });
});
