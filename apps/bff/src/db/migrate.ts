import { Kysely, PostgresDialect, sql } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';
import pg from 'pg';
import { ConfigurationError } from '../config.ts';
import { createPlatform } from './migrations/0001-platform.ts';
import { createTenantTables } from './migrations/0002-tenants.ts';
import { createLookups } from './migrations/0003-lookups.ts';
import { addDependentsAndClaims } from './migrations/0004-dependents-and-claims.ts';
import { createAuditChain } from './migrations/0005-audit-chain.ts';
import { addListColumns } from './migrations/0006-list-columns.ts';
import { createRightsNotices } from './migrations/0007-rights-notices.ts';
import { createApiKeys } from './migrations/0008-api-keys.ts';
import { addLetters } from './migrations/0009-letters.ts';
import { createExports } from './migrations/0010-exports.ts';
import { createTenantErasures } from './migrations/0011-tenant-erasures.ts';
import { addFileDigest } from './migrations/0012-archives.ts';
import { createLooks } from './migrations/0013-looks.ts';
import { createSingleSignOn } from './migrations/0014-single-sign-on.ts';
import { createPlanLimits } from './migrations/0015-plan-limits.ts';
import { addTenantPolicies } from './migrations/0016-tenant-policies.ts';
import { createSecondFactors } from './migrations/0017-second-factors.ts';
import { createImports } from './migrations/0018-imports.ts';
import { countImportStorage } from './migrations/0019-import-storage.ts';
import { createTenantLogos } from './migrations/0020-tenant-logos.ts';
import { createTenantOrder } from './migrations/0021-tenant-order.ts';
import { addSsoSessions } from './migrations/0022-single-sign-on-sessions.ts';
import { boundSums } from './migrations/0023-bounded-sums.ts';
import { createLedger } from './migrations/0024-ledger.ts';
import { createUsage } from './migrations/0025-usage.ts';
import { createLedgerTurns } from './migrations/0026-ledger-turns.ts';
import { addUsageIndexes } from './migrations/0027-usage-indexes.ts';
import { createTenantModels } from './migrations/0028-tenant-models.ts';

/** The application's role; it owns nothing and passes no policy by. */
export const APP_ROLE = 'lyss_app';

type Step = (db: Kysely<unknown>, appRole: string) => Promise<void>;
const steps: Record<string, Step> = {
  '0001-platform': createPlatform,
  '0002-tenants': createTenantTables,
  '0003-lookups': createLookups,
  '0004-dependents-and-claims': addDependentsAndClaims,
  '0005-audit-chain': createAuditChain,
  '0006-list-columns': addListColumns,
  '0007-rights-notices': createRightsNotices,
  '0008-api-keys': createApiKeys,
  '0009-letters': addLetters,
  '0010-exports': createExports,
  '0011-tenant-erasures': createTenantErasures,
  '0012-archives': addFileDigest,
  '0013-looks': createLooks,
  '0014-single-sign-on': createSingleSignOn,
  '0015-plan-limits': createPlanLimits,
  '0016-tenant-policies': addTenantPolicies,
  '0017-second-factors': createSecondFactors,
  '0018-imports': createImports,
  '0019-import-storage': countImportStorage,
  '0020-tenant-logos': createTenantLogos,
  '0021-tenant-order': createTenantOrder,
  '0022-single-sign-on-sessions': addSsoSessions,
  '0023-bounded-sums': boundSums,
  '0024-ledger': createLedger,
  '0025-usage': createUsage,
  '0026-ledger-turns': createLedgerTurns,
  '0027-usage-indexes': addUsageIndexes,
  '0028-tenant-models': createTenantModels,
};

function createMigrator(db: Kysely<unknown>): Migrator {
  const migrations: Record<string, Migration> = {};
  for (const [name, step] of Object.entries(steps)) migrations[name] = { up: (transaction) => step(transaction, APP_ROLE) };
  return new Migrator({ db, provider: { getMigrations: async () => migrations } });
}

/** Runs `work` as the role that owns the schema, on a connection of its own. */
export async function withOwner<T>(owner_url: string, work: (db: Kysely<unknown>) => Promise<T>): Promise<T> {
  const pool = new pg.Pool({ connectionString: owner_url, max: 2 });
  pool.on('error', () => undefined); // a lost idle connection shows itself in the next query
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  try {
    return await work(db);
  } finally {
    await db.destroy();
  }
}

/** Roles and rights are single rows of the catalogue, which fail the second of two replicas that change them at once: so in turn. */
async function inTurn(db: Kysely<unknown>, work: (transaction: Kysely<unknown>) => Promise<unknown>): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await sql`select pg_advisory_xact_lock(7267711)`.execute(transaction);
    await work(transaction);
  });
}

async function ensureAppRole(db: Kysely<unknown>): Promise<void> {
  const found = await sql`select 1 from pg_roles where rolname = ${APP_ROLE}`.execute(db);
  if (found.rows.length === 0) await sql.raw(`create role ${APP_ROLE} login`).execute(db);
}

/**
 * Roles belong to the whole server, and Lyss sets its role's password at each start: throws ConfigurationError where
 * another database of this server has rights for that role, which another installation then works with.
 */
export async function refuseSharedRole(owner_url: string): Promise<void> {
  const others = await withOwner(owner_url, (db) =>
    sql<{ name: string }>`select distinct d.datname as name from pg_shdepend s join pg_database d on d.oid = s.dbid join pg_roles r on r.oid = s.refobjid
      where s.refclassid = 'pg_authid'::regclass and r.rolname = ${APP_ROLE} and d.datname <> current_database() order by 1 limit 1`.execute(db),
  );
  const [other] = others.rows;
  if (!other) return;
  throw new ConfigurationError([
    `LYSS_APP_DATABASE_URL: the role ${APP_ROLE} is already used by the database ${other.name} on this server, whose installation would lose its password; ` +
      `give that role a password yourself and set LYSS_APP_DATABASE_URL for both, or use another server`,
  ]);
}

/** Gives the application's role its password, as the owner that made it. */
export async function setAppPassword(db: Kysely<unknown>, password: string): Promise<void> {
  const literal = await sql<{ text: string }>`select quote_literal(${password}) as text`.execute(db);
  await inTurn(db, (transaction) => sql.raw(`alter role ${APP_ROLE} password ${literal.rows[0]?.text ?? ''}`).execute(transaction));
}

/**
 * Makes the application's role, unless the DBA does (`makes_role: false`), and brings the schema to its newest state.
 * Safe with several replicas at once. Throws what PostgreSQL says when the owner may not do it.
 */
export async function prepareDatabase(options: { owner_url: string; makes_role?: boolean; app_password?: string }): Promise<{ applied: string[] }> {
  return withOwner(options.owner_url, async (db) => {
    await inTurn(db, async (transaction) => {
      if (options.makes_role !== false) await ensureAppRole(transaction);
      await sql.raw(`grant usage on schema public to ${APP_ROLE}`).execute(transaction);
    });
    if (options.app_password !== undefined) await setAppPassword(db, options.app_password);
    const { error, results } = await createMigrator(db).migrateToLatest();
    if (error) throw error;
    return { applied: (results ?? []).map((result) => result.migrationName) };
  });
}

/** Each migration and when it was applied, for `migrate status`. */
export async function listMigrations(owner_url: string): Promise<{ name: string; applied_at: Date | null }[]> {
  return withOwner(owner_url, async (db) =>
    (await createMigrator(db).getMigrations()).map((step) => ({ name: step.name, applied_at: step.executedAt ?? null })),
  );
}
