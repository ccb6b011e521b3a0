import type { AuditVerification } from '@lyss/api-types';
import { sql } from 'kysely';
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp, type TestPerson } from '../../../test/app.ts';
import { newId } from '../../crypto/digest.ts';
import { applyRetention } from './retention.job.ts';
import { createSealer } from './seal.job.ts';
import { verifyStretch } from './verify-trail.ts';

let app: TestApp;
let superuser: Client;
/** A tenant of its own for each test, with a few entries in its trail. */
let admin: TestPerson;

beforeAll(async () => {
  app = await createTestApp();
  superuser = new Client({ connectionString: app.database.superuser_url });
  await superuser.connect();
});
afterAll(async () => {
  await superuser.end();
  await app.close();
});
beforeEach(async () => {
  admin = await app.signInAs('tenant_admin', { tenant: 'new' });
  for (const name of ['One', 'Two', 'Three']) await app.call('PATCH', '/api/v1/admin/tenant', { as: admin, body: { name } });
  await seal();
});

// The app's own sealer is at it too, once a second; whoever comes second finds nothing left, or waits for its lock.
async function seal(): Promise<void> {
  const sealer = createSealer(app.context.tenancy);
  await expect.poll(async () => (await sealer.seal(), unsealed())).toBe(0);
}
const unsealed = async () => Number((await superuser.query(`select count(*) from audit_entries e where tenant_id = $1 and not exists (select 1 from audit_seals s where s.entry_id = e.id)`, [admin.tenant_id])).rows[0].count);
const verify = async (body: object = {}): Promise<AuditVerification> => (await app.call('POST', '/api/v1/admin/audit-logs/verify', { as: admin, body })).body.data;
const find = async (action: string): Promise<{ id: string; seq: string }> =>
  (await superuser.query(`select e.id, s.seq from audit_entries e join audit_seals s on s.entry_id = e.id where e.tenant_id = $1 and e.action = $2 order by s.seq limit 1`, [admin.tenant_id, action])).rows[0];

describe('the chain', () => {
  it('holds every entry of a tenant once, numbered without a gap, and verifies', async () => {
    const { rows } = await superuser.query(`select seq from audit_seals where tenant_id = $1 order by seq`, [admin.tenant_id]);
    expect(rows.map(({ seq }) => Number(seq))).toEqual(rows.map((_, index) => index + 1));
    const answer = await verify();
    expect(answer).toMatchObject({ checked: rows.length, total: rows.length, next_seq: null, begins_after: 0, faults: [] });
    expect(answer.head?.seq).toBe(rows.length);
  });

  it('is sealed for everybody else although one tenant’s can’t be', async () => {
    const other = await app.signInAs('tenant_admin', { tenant: 'new' });
    // Its next seal's number is taken, as a forger might leave it: inserting it fails.
    const { rows } = await superuser.query(`select tenant_id from tenants t join audit_entries e on e.tenant_id = t.id where e.tenant_id <> all ($1) limit 1`, [[admin.tenant_id, other.tenant_id]]);
    await superuser.query(`create function pg_temp.refuse() returns trigger language plpgsql as $$ begin if new.tenant_id = '${rows[0].tenant_id}' then raise exception 'refused'; end if; return new; end $$`);
    await superuser.query(`create trigger refuse before insert on audit_seals for each row execute function pg_temp.refuse()`);
    await superuser.query(`insert into audit_entries (tenant_id, id, action, resource_type, outcome, request_id, address) values ($1, $2, 'users.updated', 'user', 'success', 'r', '192.0.2.1')`, [rows[0].tenant_id, newId()]);
    await expect(createSealer(app.context.tenancy).seal()).rejects.toThrow('trails not sealed');
    await superuser.query(`drop trigger refuse on audit_seals`);
    expect(await unsealed()).toBe(0);
    expect((await superuser.query(`select count(*)::int from audit_seals where tenant_id = $1`, [other.tenant_id])).rows[0].count).toBeGreaterThan(0);
  });

  it('is one chain although many seal at once', async () => {
    await Promise.all(Array.from({ length: 30 }, (_, index) => app.call('PATCH', '/api/v1/admin/tenant', { as: admin, body: { name: `N${index}` } })));
    await Promise.all(Array.from({ length: 4 }, () => createSealer(app.context.tenancy).seal()));
    await seal();
    expect((await verify()).faults).toEqual([]);
  });

  it('finds a changed entry', async () => {
    const { id, seq } = await find('tenants.settings_changed');
    await superuser.query(`update audit_entries set actor_name = 'Somebody else' where id = $1`, [id]);
    expect((await verify()).faults).toMatchObject([{ kind: 'changed', seq: Number(seq), entry_id: id }]);
  });

  it('finds a missing entry, and a missing seal', async () => {
    const { id, seq } = await find('tenants.settings_changed');
    await superuser.query(`delete from audit_entries where id = $1`, [id]);
    expect((await verify()).faults).toMatchObject([{ kind: 'missing', seq: Number(seq), entry_id: id }]);
    await superuser.query(`delete from audit_seals where entry_id = $1`, [id]);
    expect((await verify()).faults).toMatchObject([{ kind: 'missing', seq: Number(seq), entry_id: null }]);
  });

  it('finds two that changed places', async () => {
    const { seq } = await find('tenants.settings_changed');
    const [a, b] = [Number(seq), Number(seq) + 1];
    await superuser.query(`update audit_seals set seq = -1 where tenant_id = $1 and seq = $2`, [admin.tenant_id, a]);
    await superuser.query(`update audit_seals set seq = $2 where tenant_id = $1 and seq = $3`, [admin.tenant_id, a, b]);
    await superuser.query(`update audit_seals set seq = $2 where tenant_id = $1 and seq = -1`, [admin.tenant_id, b]);
    expect((await verify()).faults.map(({ kind, seq: at }) => [kind, at])).toEqual(expect.arrayContaining([['reordered', a], ['reordered', b]]));
  });

  it('finds an entry that was slipped in long ago', async () => {
    const id = newId();
    await superuser.query(
      `insert into audit_entries (tenant_id, id, at, action, resource_type, outcome, request_id, address) values ($1, $2, now() - interval '2 days', 'users.updated', 'user', 'success', 'r', '192.0.2.1')`,
      [admin.tenant_id, id],
    );
    await createSealer(app.context.tenancy).seal();
    expect((await verify()).faults).toMatchObject([{ kind: 'unsealed', entry_id: id }]);
  });

  it('finds one that was slipped in under the id of another', async () => {
    const { id } = await find('tenants.settings_changed');
    await superuser.query(
      `insert into audit_entries (tenant_id, id, at, action, resource_type, outcome, request_id, address) values ($1, $2, now() - interval '3 days', 'users.updated', 'user', 'success', 'r', '192.0.2.1')`,
      [admin.tenant_id, id],
    );
    await createSealer(app.context.tenancy).seal();
    expect((await verify()).faults).toMatchObject([{ kind: 'unsealed', entry_id: id }]);
  });

  it('takes in whatever a long stop of the sealer left, more than it seals at once too', async () => {
    // Behind the sealers' own lock: one that came between would seal the newest first, and never look so far back again.
    await superuser.query('begin');
    await superuser.query(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [`audit:${admin.tenant_id}`]);
    await superuser.query(`delete from audit_seals where tenant_id = $1`, [admin.tenant_id]);
    await superuser.query(
      `insert into audit_entries (tenant_id, id, at, action, resource_type, outcome, request_id, address)
       select $1, gen_random_uuid(), now() - n * interval '3 seconds', 'users.updated', 'user', 'success', 'r', '192.0.2.1' from generate_series(1, 1200) n`,
      [admin.tenant_id],
    );
    await superuser.query('commit');
    await seal();
    expect(await verify()).toMatchObject({ faults: [] });
  });

  it('that was cut short shows to whoever noted its head', async () => {
    const { head } = await verify();
    // With its entry: the app's own sealer would put the seal back.
    await superuser.query(`delete from audit_entries e using audit_seals s where s.tenant_id = $1 and s.seq = $2 and e.id = s.entry_id`, [admin.tenant_id, head?.seq]);
    await superuser.query(`delete from audit_seals where tenant_id = $1 and seq = $2`, [admin.tenant_id, head?.seq]);
    expect((await verify({ known: head })).faults).toContainEqual({ kind: 'missing', seq: head?.seq, entry_id: null, at: null });
    expect((await verify({ known: { seq: 1, hash: '0'.repeat(64) } })).faults).toContainEqual({ kind: 'changed', seq: 1, entry_id: null, at: null });
  });

  it('is checked in stretches, each from where the one before it ended', async () => {
    const first = await app.context.tenancy.withTenant(admin.tenant_id, (db) => verifyStretch(db, { after_seq: 2 }));
    expect(first).toMatchObject({ faults: [], next_seq: null });
    expect(first.checked).toBe(first.total - 2);
  });
});

describe('retention', () => {
  it('removes the chain’s beginning and leaves the rest verifiable', async () => {
    const removeBefore = (days: number) =>
      app.context.tenancy.withTenant(admin.tenant_id, async (db) => (await sql<{ removed: string }>`select remove_audit_before(now() - ${days} * interval '1 day') as removed`.execute(db)).rows[0]?.removed);
    await expect(removeBefore(0)).rejects.toThrow('30 days');
    const cut = await find('tenants.settings_changed');
    await superuser.query('begin');
    await superuser.query(`update audit_seals set entry_at = entry_at - interval '90 days' where tenant_id = $1 and seq <= $2`, [admin.tenant_id, cut.seq]);
    await superuser.query(`update audit_entries set at = at - interval '90 days' where tenant_id = $1 and id in (select entry_id from audit_seals where tenant_id = $1 and seq <= $2)`, [admin.tenant_id, cut.seq]);
    await superuser.query('commit');
    expect(Number(await removeBefore(60))).toBe(Number(cut.seq));
    const answer = await verify();
    expect(answer).toMatchObject({ faults: [], begins_after: Number(cut.seq) });
    // Nobody else's went with it.
    expect(Number((await superuser.query(`select count(*) from audit_entries where tenant_id <> $1`, [admin.tenant_id])).rows[0].count)).toBeGreaterThan(5);
  });
});

describe('a tenant that keeps its audit for so long', () => {
  const keep = (days: number | null) => app.call('PATCH', '/api/v1/admin/tenant', { as: admin, body: { audit_retention_days: days } });
  const age = async (upTo: number, days: number) => {
    await superuser.query(`update audit_entries set at = at - $3 * interval '1 day' where tenant_id = $1 and id in (select entry_id from audit_seals where tenant_id = $1 and seq <= $2)`, [admin.tenant_id, upTo, days]);
    await superuser.query(`update audit_seals set entry_at = entry_at - $3 * interval '1 day' where tenant_id = $1 and seq <= $2`, [admin.tenant_id, upTo, days]);
  };

  it('says so itself, for 30 days at least, and what was before stands in the trail', async () => {
    expect((await keep(29)).status).toBe(400);
    expect((await keep(365)).body.data.audit_retention_days).toBe(365);
    expect(await app.findAudit(admin.tenant_id, 'tenants.settings_changed')).toMatchObject({ details: { before: { audit_retention_days: null }, after: { audit_retention_days: 365 } } });
    expect((await keep(null)).body.data.audit_retention_days).toBeNull();
  });

  it('loses what is older, stretch by stretch, each with its entry, and can still be verified', async () => {
    await age(4, 60);
    expect(await applyRetention(app.context.tenancy)).toBe(0);
    await keep(45);
    expect(await applyRetention(app.context.tenancy, 3)).toBe(4);
    await seal();
    expect(await verify()).toMatchObject({ begins_after: 4, faults: [] });
    const told = await superuser.query(`select actor_user_id, details ->> 'removed' as removed from audit_entries where tenant_id = $1 and action = 'audit.retention_applied' order by at, id`, [admin.tenant_id]);
    expect(told.rows).toEqual([{ actor_user_id: null, removed: '3' }, { actor_user_id: null, removed: '1' }]);
    expect(await applyRetention(app.context.tenancy)).toBe(0);
  });

  it('leaves no month behind that nobody has entries in, never this one or the next', async () => {
    const months = async () => (await superuser.query<{ name: string }>(`select inhrelid::regclass::text as name from pg_inherits where inhparent = 'audit_entries'::regclass order by 1`)).rows.map(({ name }) => name);
    for (const month of ['2025-01-15', '2025-02-15']) await app.context.tenancy.lookUp('select ensure_audit_partition($1)', [month]);
    await superuser.query(`insert into audit_entries (tenant_id, id, at, action, resource_type, outcome, request_id, address) values ($1, $2, '2025-02-28T23:59:59.999Z', 'users.updated', 'user', 'success', 'r', '192.0.2.1')`, [admin.tenant_id, newId()]);
    const before = await months();
    expect(before).toEqual(expect.arrayContaining(['audit_entries_2025_01', 'audit_entries_2025_02']));
    await applyRetention(app.context.tenancy);
    expect(await months()).toEqual(before.filter((name) => name !== 'audit_entries_2025_01'));
    await superuser.query(`delete from audit_entries where tenant_id = $1 and at < '2026-01-01'`, [admin.tenant_id]);
  });
});

describe('partitions', () => {
  it('are made a month ahead, and take over what had gone to the default one', async () => {
    await superuser.query(
      `insert into audit_entries (tenant_id, id, at, action, resource_type, outcome, request_id, address) values ($1, $2, '2031-05-31T23:59:59.999Z', 'users.updated', 'user', 'success', 'r', '192.0.2.1'), ($1, $3, '2031-06-01T00:00:00Z', 'users.updated', 'user', 'success', 'r', '192.0.2.1')`,
      [admin.tenant_id, newId(), newId()],
    );
    const [made] = await app.context.tenancy.lookUp<{ made: boolean }>(`select ensure_audit_partition($1) as made`, ['2031-05-10T00:00:00Z']);
    expect(made?.made).toBe(true);
    const counts = await superuser.query(`select tableoid::regclass::text as name, count(*)::int from audit_entries where at > '2031-01-01' group by 1 order by 1`);
    expect(counts.rows).toEqual([{ name: 'audit_entries_2031_05', count: 1 }, { name: 'audit_entries_default', count: 1 }]);
    const [again] = await app.context.tenancy.lookUp<{ made: boolean }>(`select ensure_audit_partition($1) as made`, ['2031-05-20T00:00:00Z']);
    expect(again?.made).toBe(false);
    await expect(app.context.tenancy.lookUp('select * from audit_entries_2031_05', [])).rejects.toThrow();
  });
});

describe('the list', () => {
  const list = async (query: string, as = admin) => (await app.call('GET', `/api/v1/admin/audit-logs?${query}`, { as })).body.data;

  it('is narrowed by every filter, newest first, and shows each entry’s seal', async () => {
    const all = await list('include_total=true');
    const total: number = all.pagination.total_items;
    expect(all.items).toHaveLength(total);
    // Sealed in the order in which they happened, from 1.
    expect(all.items[0]).toMatchObject({ action: 'tenants.settings_changed', actor: { user_id: admin.user_id }, details: { before: { name: 'Two' }, after: { name: 'Three' } }, seal: { seq: total } });
    const [, second] = all.items;
    const counts = await Promise.all(
      [`action=tenants.settings_changed`, `action=tenants`, `actor_user_id=${admin.user_id}&resource_type=tenant`, `request_id=${second.request_id}`, `resource_id=${admin.user_id}&outcome=success&resource_type=user`, `outcome=failed`, `from=${second.at}&to=${second.at}`, `search=settings_ch`].map(async (query) => (await list(query)).items.length),
    );
    expect(counts).toEqual([3, 4, 3, 1, 3, 0, 0, 3]);
    const page = await list('page_size=2');
    const next = await list(`page_size=2&cursor=${page.pagination.next_cursor}`);
    expect([...page.items, ...next.items].map(({ id }: { id: string }) => id)).toEqual(all.items.slice(0, 4).map(({ id }: { id: string }) => id));
  });

  it('of the platform is the operator’s alone, and has a chain too', async () => {
    expect((await app.call('GET', '/api/v1/admin/platform-audit-logs', { as: admin })).status).toBe(403);
    await createSealer(app.context.tenancy).seal();
    const { items } = (await app.call('GET', '/api/v1/admin/platform-audit-logs', { as: app.owner })).body.data;
    expect(items.map(({ action }: { action: string }) => action)).toContain('setup.completed');
    const answer = await app.call('POST', '/api/v1/admin/platform-audit-logs/verify', { as: app.owner, body: {} });
    expect(answer.body.data.faults).toEqual([]);
    expect(answer.body.data.total).toBeGreaterThan(0);
  });
});
