import type { AuditVerification } from '@lyss/api-types';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp, type TestPerson } from '../app.ts';
import { verifyAudit } from '../../src/cli/verify-audit.ts';
import type { OpenedDatabase } from '../../src/open-database.ts';
import { createSealer } from '../../src/modules/audit/seal.job.ts';
import { verifyStretch } from '../../src/modules/audit/verify-trail.ts';

/** Seals in a stretch here, so that a trail of a few has several, and their boundaries are where faults are planted. */
const STEP = 4;
const SEALS = 3 * STEP;
const EDGE = 2 * STEP;

let app: TestApp;
let superuser: Client;
let admin: TestPerson;
beforeAll(async () => {
  app = await createTestApp();
  superuser = new Client({ connectionString: app.database.superuser_url });
  await superuser.connect();
  admin = await app.signInAs('tenant_admin', { tenant: 'new' });
  for (let turn = 0; turn < SEALS; turn++) await app.call('PATCH', '/api/v1/admin/tenant', { as: admin, body: { name: `Name ${turn}` } });
  const sealer = createSealer(app.context.tenancy);
  const count = async () => (await superuser.query('select count(*)::int as n from audit_seals where tenant_id = $1', [admin.tenant_id])).rows[0].n;
  // The app's own sealer is at it too; whoever comes second finds nothing left.
  for (;;) {
    await sealer.seal();
    if ((await count()) > SEALS) break;
  }
  // Exactly three stretches, and a last one in which there is nothing: a chain that was cut short is whole until there.
  await superuser.query('delete from audit_entries e using audit_seals s where s.tenant_id = $1 and s.entry_id = e.id and s.seq > $2', [admin.tenant_id, SEALS]);
  await superuser.query('delete from audit_seals where tenant_id = $1 and seq > $2', [admin.tenant_id, SEALS]);
});
afterAll(async () => {
  await superuser.end();
  await app.close();
});

/** All stretches, as a reader goes on from each to the next. */
async function walk(): Promise<AuditVerification[]> {
  const stretches: AuditVerification[] = [];
  for (let after_seq: number | null = 0; after_seq !== null; after_seq = stretches.at(-1)?.next_seq ?? null) {
    const from = after_seq;
    stretches.push(await app.context.tenancy.withTenant(admin.tenant_id, (db) => verifyStretch(db, { after_seq: from }, STEP)));
  }
  return stretches;
}

async function runCommand(): Promise<{ code: number; lines: string[] }> {
  const lines: string[] = [];
  // It asks of an opened database nothing but the application's address.
  const code = await verifyAudit({ app_url: app.database.app_url } as OpenedDatabase, { workspace: admin.workspace }, (line) => void lines.push(line), STEP);
  return { code, lines };
}

/** With the fault in place for as long as `work` takes; the trail is whole again afterwards. */
async function plant<T>(statements: string[], work: () => Promise<T>): Promise<T> {
  const keep = ['audit_entries', 'audit_seals'];
  for (const table of keep) await superuser.query(`create temp table kept_${table} as select * from ${table} where tenant_id = '${admin.tenant_id}'`);
  try {
    for (const statement of statements) await superuser.query(statement.replaceAll('$tenant', `'${admin.tenant_id}'`));
    return await work();
  } finally {
    // At once, for the app's own sealer is at work beside this.
    const restore = keep.map((table) => `delete from ${table} where tenant_id = '${admin.tenant_id}'; insert into ${table} select * from kept_${table}; drop table kept_${table}`);
    await superuser.query(`begin; ${restore.join('; ')}; commit`);
  }
}

const entryAt = (seq: number) => `(select entry_id from audit_seals where tenant_id = $tenant and seq = ${seq})`;
const kinds: Record<string, { statements(seq: number): string[]; told: string }> = {
  'changed entry': { statements: (seq) => [`update audit_entries set actor_name = 'Somebody else' where tenant_id = $tenant and id = ${entryAt(seq)}`], told: 'changed' },
  'missing entry': { statements: (seq) => [`delete from audit_entries where tenant_id = $tenant and id = ${entryAt(seq)}`], told: 'missing' },
  'missing seal': { statements: (seq) => [`delete from audit_entries where tenant_id = $tenant and id = ${entryAt(seq)}`, `delete from audit_seals where tenant_id = $tenant and seq = ${seq}`], told: 'missing' },
  'forged link': { statements: (seq) => [`update audit_seals set hash = sha256(hash) where tenant_id = $tenant and seq = ${seq}`], told: 'reordered' },
};
// The last of a stretch, the one before it, and the first of the next one; of the first stretch the first, of the last one the last but one.
const places = [1, EDGE - 1, EDGE, EDGE + 1, SEALS - 1];

describe('a trail in several stretches', () => {
  it('is walked from end to end, each seal once, and a last stretch that is full is followed by an empty one', async () => {
    const stretches = await walk();
    expect(stretches.map(({ checked, next_seq, faults }) => [checked, next_seq, faults])).toEqual([[STEP, STEP, []], [STEP, 2 * STEP, []], [STEP, 3 * STEP, []], [0, null, []]]);
    expect(await runCommand()).toEqual({ code: 0, lines: [expect.stringMatching(new RegExp(`^${admin.workspace}: ${SEALS} checked, head ${SEALS} [0-9a-f]{64}$`)), 'Nothing is wrong.'] });
  });

  it.each(Object.keys(kinds).flatMap((kind) => places.map((seq) => [kind, seq] as const)))('shows a %s at seal %d once, on whichever side of a boundary it is, to the command line too', async (kind, seq) => {
    const { statements, told } = kinds[kind] ?? expect.fail(kind);
    await plant(statements(seq), async () => {
      const faults = (await walk()).flatMap((stretch) => stretch.faults);
      // A forged link shows where it is, and where the next one hangs on it.
      const seals = kind === 'forged link' ? [seq, seq + 1] : [seq];
      expect(faults.map((fault) => [fault.kind, fault.seq])).toEqual(seals.map((at) => [told, at]));
      const { code, lines } = await runCommand();
      expect(code).toBe(1);
      expect(lines.slice(0, -2)).toEqual(seals.map((at) => expect.stringMatching(new RegExp(`^${admin.workspace}: ${told} at seal ${at}(,|$)`))));
      expect(lines.at(-1)).toMatch(new RegExp(`^${seals.length} faults? found`));
    });
    expect((await walk()).flatMap((stretch) => stretch.faults)).toEqual([]);
  });

  it('shows two that changed places across a boundary', async () => {
    const swap = [[EDGE, -1], [EDGE + 1, EDGE], [-1, EDGE + 1]].map(([from, to]) => `update audit_seals set seq = ${to} where tenant_id = $tenant and seq = ${from}`);
    await plant(swap, async () => {
      const faults = (await walk()).flatMap((stretch) => stretch.faults).map((fault) => [fault.kind, fault.seq]);
      expect(faults).toEqual([['reordered', EDGE], ['reordered', EDGE + 1], ['reordered', EDGE + 2]]);
    });
  });
});
