// Writes src/db/schema.gen.ts from a migrated throwaway database. With --check it writes nothing and fails on drift.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEmbedded } from '../src/db/embedded.ts';
import { ensureOwnerDatabase } from '../src/db/embedded-owner.ts';
import { prepareDatabase } from '../src/db/migrate.ts';

const target = fileURLToPath(new URL('../src/db/schema.gen.ts', import.meta.url));
const generator = fileURLToPath(new URL('../../../node_modules/.bin/kysely-codegen', import.meta.url));

// Where a column holds one of the contract's closed sets or shapes, its type is the contract's.
const columns = {
  'users.roles': 'SystemRole[]',
  'roles.permissions': 'Permission[]',
  'sso_connections.vouched_roles': 'SystemRole[]',
  'sso_connections.vouched': 'Permission[]',
  'sso_domains.state': 'DomainState',
  'sso_role_rules.system_role': 'MappableRole | null',
  'api_keys.scopes': 'Permission[]',
  'users.status': 'ColumnType<User["status"], User["status"] | undefined, User["status"]>',
  'users.locale': 'Locale',
  'users.theme': 'ColumnType<Preferences["theme"], Preferences["theme"] | undefined, Preferences["theme"]>',
  'sessions.carrier': 'Session["carrier"]',
  'users.columns': 'ColumnType<Preferences["columns"], string | undefined, string>',
  'tenants.locale': 'Locale',
  'tenants.state': 'ColumnType<Tenant["state"], Tenant["state"] | undefined, Tenant["state"]>',
  'tenants.require_second_factor': 'ColumnType<Tenant["require_second_factor"], Tenant["require_second_factor"] | undefined, Tenant["require_second_factor"]>',
  'user_tokens.purpose': 'Invitation["purpose"]',
  'user_tokens.delivery': 'ColumnType<IssuedLink["delivery"], IssuedLink["delivery"] | undefined, IssuedLink["delivery"]>',
  'user_tokens.delivery_failure': 'LetterFailure | null',
  'supplier_credentials.provider': 'ProviderId',
  'model_settings.provider': 'ProviderId',
  'model_settings.system_roles': 'ColumnType<SystemRole[], SystemRole[] | undefined, SystemRole[]>',
  'supplier_credentials.status': 'ColumnType<SupplierCredential["status"], SupplierCredential["status"] | undefined, SupplierCredential["status"]>',
  'supplier_credentials.last_test': 'JsonColumn<SupplierCredential["last_test"]>',
  'messages.content': 'JsonColumn<Part[]>',
  'messages.role': 'Message["role"]',
  'messages.status': 'Message["status"]',
  'messages.finish_reason': 'Message["finish_reason"]',
  'messages.usage': 'JsonColumn<Usage | null>',
  'messages.error': 'JsonColumn<ErrorBody | null>',
  'replies.status': 'ColumnType<Message["status"], Message["status"] | undefined, Message["status"]>',
  'replies.price': 'JsonColumn<Price | null>',
  'reply_events.event': 'ReplyEvent["event"]',
  'exports.state': 'ColumnType<FileExport["state"], FileExport["state"] | undefined, FileExport["state"]>',
  'imports.state': 'ColumnType<TenantImport["state"], TenantImport["state"] | undefined, TenantImport["state"]>',
  'imports.permissions': 'Permission[]',
  'imports.report': 'JsonColumn<TenantImport["report"]>',
  'imports.problem': 'JsonColumn<TenantImport["problem"]>',
  'exports.failure': 'FileExport["failure"]',
};
const imports = ['DomainState', 'ErrorBody', 'FileExport', 'Invitation', 'IssuedLink', 'LetterFailure', 'Locale', 'MappableRole', 'Message', 'Part', 'Permission', 'Preferences', 'Price', 'ProviderId', 'ReplyEvent', 'Session', 'SupplierCredential', 'SystemRole', 'Tenant', 'TenantImport', 'Usage', 'User'];

async function generate() {
  const data_dir = mkdtempSync(join(tmpdir(), 'lyss-types-'));
  const out = join(data_dir, 'schema.ts');
  const server = await startEmbedded({ data_dir, fsync: false });
  try {
    const url = await ensureOwnerDatabase(server.superuser_url, 'owner-for-types');
    await prepareDatabase({ owner_url: url, app_password: 'app-for-types' });
    const overrides = JSON.stringify({ columns });
    execFileSync(generator, ['--dialect', 'postgres', '--url', url, '--out-file', out, '--numeric-parser', 'string', '--exclude-pattern', '{kysely_*,audit_entries_2*}', '--overrides', overrides], { stdio: 'pipe' });
    return finish(readFileSync(out, 'utf8'));
  } finally {
    await server.stop();
    rmSync(data_dir, { recursive: true, force: true });
  }
}

/** Times come as ISO strings (database.ts), and JSON goes in as text and comes out parsed. */
function finish(text) {
  return text
    .replace(/^import type \{ ColumnType \} from "kysely";\n/m, `import type { ColumnType } from 'kysely';\nimport type { ${imports.join(', ')} } from '@lyss/api-types';\n`)
    .replace(/export type Timestamp = .*;/, 'export type Timestamp = ColumnType<string, Date | string, Date | string>;\n\n/** Parsed when read; written as JSON text. */\nexport type JsonColumn<T> = ColumnType<T, string | null, string | null>;');
}

const text = await generate();
if (!process.argv.includes('--check')) writeFileSync(target, text);
else if (readFileSync(target, 'utf8') !== text) {
  console.error('apps/bff/src/db/schema.gen.ts has drifted: run `npm run generate -w @lyss/bff`');
  process.exit(1);
}
