// A replica as a process, for tests that kill it: makes exports, and says in the end how much memory it held at most.
import { newId } from '../src/crypto/digest.ts';
import { openDatabase } from '../src/db/database.ts';
import { createTenancy } from '../src/db/tenancy.ts';
import { createExportRunner } from '../src/exports/run-exports.job.ts';
import { trailMaker } from '../src/modules/audit/export-trail.ts';

const TURN_MS = 200;
const [app_url = ''] = process.argv.slice(2);
const database = openDatabase({ app_url, max: 2, onError: () => undefined });
const tenancy = createTenancy(database);
const onFailure = (_id: string, error: unknown) => void process.stderr.write(`${String(error)}\n`);
const runner = createExportRunner({ tenancy, instance_id: newId(), makers: { audit: trailMaker }, onFailure });

process.once('SIGTERM', () => {
  void runner.close().then(() => database.close()).then(() => {
    process.stdout.write(`${JSON.stringify({ begun, peak })}\n`);
    process.exit(0);
  });
});
/** Bytes that something still refers to. Not `external`: it goes on counting buffers that were collected until a thread in the background has freed them. */
function measure(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
const begun = measure();
let peak = begun;
setInterval(() => (peak = Math.max(peak, measure())), TURN_MS);
process.stdout.write('ready\n');
setInterval(() => void runner.run().catch((error: unknown) => onFailure('', error)), TURN_MS);
