// A server's ledger as a process, for tests that kill it: callers that spend, leases that are renewed, calls of the dead that are swept.
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '../src/crypto/digest.ts';
import { openDatabase } from '../src/db/database.ts';
import { openNotices } from '../src/db/notices.ts';
import { createTenancy } from '../src/db/tenancy.ts';
import { createLedger } from '../src/modules/ledger/ledger.ts';
import { createCallSweeper } from '../src/modules/ledger/sweep.job.ts';
import { createChance, fates, spendOnce } from './proof/spend.ts';

const [app_url = '', tenant_id = '', user_id = '', seed = '0', callers = '0', turns = '0', lease_ms = '0'] = process.argv.slice(2);
const CONNECTIONS = 6;
const RENEWALS_A_LEASE = 4;
const SWEEP_MS = 200;
// So long that some are open whenever it is killed.
const PACE_MS = 400;
// Who was refused comes again, and finds what others did not use.
const PAUSE_MS = 200;
const instance_id = newId();
const database = openDatabase({ app_url, max: CONNECTIONS, onError: () => undefined });
const tenancy = createTenancy(database);
const ledger = createLedger(tenancy, instance_id, Number(lease_ms));
const notices = await openNotices({ app_url, instance_id, onNotice: () => undefined, onError: () => undefined });
const fail = (error: unknown) => void process.stderr.write(`${String(error)}\n`);
const sweeper = createCallSweeper({ tenancy, instance_id, isGone: notices.isGone, holds: ledger.holds, onFailure: (_id, error) => fail(error) });
setInterval(() => void ledger.renew().catch(fail), Number(lease_ms) / RENEWALS_A_LEASE);
setInterval(() => void sweeper.sweep().catch(fail), SWEEP_MS);

// The other end is the supplier: a pipe, into which a line has gone when this returns, whatever happens next.
const say = (line: string) => void process.stdout.write(`${line}\n`);
const supplier = { onSent: (id: string) => say(`sent ${id}`), onRefused: (id: string) => say(`refused ${id}`) };
const chance = createChance(Number(seed));
await Promise.all(Array.from({ length: CONNECTIONS }, () => database.pool.query('select 1')));
say(`lives ${instance_id}`);
// All servers begin in the same moment.
await once(process.stdin, 'data');
await Promise.all(Array.from({ length: Number(callers) }, async (_, place) => {
  for (let turn = 0; turn < Number(turns); turn++) {
    await spendOnce({ ledger, tenant_id, user_id, pace_ms: PACE_MS }, fates[place % fates.length] ?? 'normal', chance, supplier);
    await sleep(chance() * PAUSE_MS);
  }
}));
say('done');
