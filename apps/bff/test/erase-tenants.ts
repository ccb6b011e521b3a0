// A replica as a process, for tests that kill it: erases tenants whose day has come.
import { newId } from '../src/crypto/digest.ts';
import { openDatabase } from '../src/db/database.ts';
import { createTenancy } from '../src/db/tenancy.ts';
import { createEraser } from '../src/modules/tenants/erasures/erase.job.ts';

const TURN_MS = 200;
const AT_ONCE = 100;
const [app_url = ''] = process.argv.slice(2);
const database = openDatabase({ app_url, max: 2, onError: () => undefined });
const onFailure = (_id: string, error: unknown) => void process.stderr.write(`${String(error)}\n`);
const eraser = createEraser({ tenancy: createTenancy(database), instance_id: newId(), at_once: AT_ONCE, onFailure });
process.stdout.write('ready\n');
setInterval(() => void eraser.run().catch((error: unknown) => onFailure('', error)), TURN_MS);
