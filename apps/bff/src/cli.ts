import { parseArgs } from 'node:util';
import { createAdmin } from './cli/create-admin.ts';
import { cancelTenantDeletion, deleteTenant } from './cli/delete-tenant.ts';
import { examine } from './cli/doctor.ts';
import { exportAudit } from './cli/export-audit.ts';
import { rotateKeys, rotateSigning, rotateTenantKeys } from './cli/keys.ts';
import { printMigrations } from './cli/migrate-status.ts';
import { seedDemo } from './cli/seed-demo.ts';
import { verifyAudit } from './cli/verify-audit.ts';
import { verifyLedger } from './cli/verify-ledger.ts';
import { ConfigurationError, readConfig, type Config, type Secrets } from './config.ts';
import { CONFIGURATION_EXIT, USAGE_EXIT } from './exit-codes.ts';
import { generateKeyringText } from './crypto/keyring.ts';
import { openMigrated, type OpenedDatabase } from './open-database.ts';

const HELP = `lyss <command>, with the same environment as the server

  admin create --workspace W --email E --name N [--operator]
                    add a tenant admin and print a one-time link (72 h); with --operator one who
                    operates the platform too, in the tenant that set-up made
  audit verify [--workspace W]
                    check the audit's chains, every tenant's and the platform's; exit 1 where something is wrong
  audit export --file F [--format jsonl|csv]
                    write the platform's trail to a new file; scripts/verify-audit-export.mjs checks the chain in it
  keys generate     print a new keyring for LYSS_MASTER_KEYS
  keys rotate       seal every tenant's keys under a new master key, while servers run;
                    may be ended at any time and run again
  keys rotate-data  give every tenant a new data key and seal its secrets under it, while servers run;
                    takes two minutes at least, and may be ended at any time and run again
  keys rotate-signing
                    sign access tokens with a new key (it is done every 90 days by itself)
  tenant delete --workspace W --name N --reason R
                    shut a tenant, whose name is N, and erase it after 7 days
  tenant cancel-deletion --workspace W
                    take that back, until the day it is erased
  ledger verify [--workspace W]
                    compare what budgets say was spent with the usage records, every tenant's; exit 1 where they differ
  migrate status    the schema's migrations and when each was applied
  doctor            check configuration, keys, database and disk, and say what to do
  seed-demo         fill a throwaway instance with two tenants (npm run demo calls it)
`;

const say = (line: string) => void process.stdout.write(`${line}\n`);

async function run(argv: string[]): Promise<number> {
  const [noun = '', verb = '', ...rest] = argv;
  const command = [noun, verb].join(' ').trim();
  if (command === 'keys generate') return say(generateKeyringText()), 0;
  if (command === 'audit verify') return withDatabase((database) => verifyAudit(database, readOptions(rest), say));
  if (command === 'ledger verify') return withDatabase((database) => verifyLedger(database, readOptions(rest), say));
  if (command === 'audit export') return withDatabase((database) => exportAudit(database, readOptions(rest), say));
  if (command === 'admin create') return withDatabase((database, config) => createAdmin(database, config, readOptions(rest), say));
  if (command === 'tenant delete') return withDatabase((database) => deleteTenant(database, readOptions(rest), say));
  if (command === 'tenant cancel-deletion') return withDatabase((database) => cancelTenantDeletion(database, readOptions(rest), say));
  if (command === 'keys rotate') return withDatabase((database, config) => rotateKeys(database, config, say));
  if (command === 'keys rotate-data') return withDatabase((database) => rotateTenantKeys(database, say));
  if (command === 'keys rotate-signing') return withDatabase((database) => rotateSigning(database, say));
  if (command === 'migrate status') return printMigrations(...readBoth(), say);
  if (noun === 'doctor') return examine(process.env, say);
  if (noun === 'seed-demo') return withDatabase((database, config) => seedDemo(database, config, say));
  say(HELP);
  return noun === '' || noun === 'help' || noun === '--help' ? 0 : USAGE_EXIT;
}

async function withDatabase(work: (database: OpenedDatabase, config: Config) => Promise<number>): Promise<number> {
  const [config, secrets] = readBoth();
  const database = await openMigrated(config, secrets, () => undefined);
  try {
    return await work(database, config);
  } finally {
    await database.stop();
  }
}

function readOptions(args: string[]) {
  const { values } = parseArgs({
    args,
    options: { workspace: { type: 'string' }, email: { type: 'string' }, name: { type: 'string' }, reason: { type: 'string' }, file: { type: 'string' }, format: { type: 'string' }, operator: { type: 'boolean', default: false } },
  });
  return values;
}

function readBoth(): [Config, Secrets] {
  const { config, secrets } = readConfig(process.env);
  return [config, secrets];
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  const isUsage = (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS') ?? false;
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof ConfigurationError ? CONFIGURATION_EXIT : isUsage ? USAGE_EXIT : 1;
}
