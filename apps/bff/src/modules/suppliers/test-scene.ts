import { providerIds, type CredentialTest, type ProviderId, type SupplierFailureKind } from '@lyss/api-types';
import { expect } from 'vitest';
import { createTestDatabase } from '../../../test/postgres.ts';
import { rememberStatements } from '../../../test/statements.ts';
import { newId } from '../../crypto/digest.ts';
import { generateKeyringText, parseKeyring } from '../../crypto/keyring.ts';
import { createVault, type Vault } from '../../crypto/vault.ts';
import { createDataKeyStore, insertDataKey } from '../../db/data-key-store.ts';
import { openDatabase } from '../../db/database.ts';
import { createTenancy, type Tenancy, type TenantDb } from '../../db/tenancy.ts';
import { listCatalogueModels, listCatalogueSuppliers } from '../../providers/catalogue.ts';
import type { VerificationRequest } from '../../providers/verify.ts';
import { suppliers } from '../../providers/suppliers.ts';
import type { SupplierCall } from './ports.ts';
import { createSupplierService } from './service.ts';

export const KEY = 'sk-canary-0123456789abcdefghijklmnop-c4f2';
export const OTHER_KEY = 'sk-canary-zyxwvutsrqponmlkjihgfedcba-77aa';

/** Plays a supplier: what it answers, and the key that reached it. */
export interface FakeSupplier {
  answer: CredentialTest;
  seen: { provider: ProviderId; base_url: string; key: string | null; model: string | null }[];
  /** Runs while the supplier is being asked, outside any transaction. */
  meanwhile: () => Promise<void>;
}

export function accepted(models: string[] = ['gpt-4.1-mini', 'gpt-4.1']): CredentialTest {
  const steps = (['address', 'tls', 'key', 'models', 'completion'] as const).map((step) => ({ step, ok: true, duration_ms: 1, message: 'ok' }));
  return { ok: true, kind: null, latency_ms: 12, models, steps };
}

export function refused(kind: SupplierFailureKind, step: CredentialTest['steps'][number]['step'] = 'key'): CredentialTest {
  return { ok: false, kind, latency_ms: 7, models: [], steps: [{ step, ok: false, duration_ms: 7, message: kind }] };
}

function playSupplier(supplier: FakeSupplier) {
  return {
    async verify(provider: ProviderId, { connection, model }: VerificationRequest): Promise<CredentialTest> {
      const { base_url, credential } = connection;
      const key = credential ? await credential.revealFor(new URL(base_url).origin) : null;
      supplier.seen.push({ provider, base_url, key, model: model ?? null });
      await supplier.meanwhile();
      return supplier.answer;
    },
  };
}

async function insertTenant(tenancy: Tenancy, vault: Vault): Promise<SupplierCall> {
  const tenant_id = newId();
  const user_id = newId();
  const tenant = { id: tenant_id, name: 'Acme', workspace: `acme-${tenant_id.slice(-12)}`, locale: 'en-US' as const, currency: 'USD', time_zone: 'UTC' };
  await tenancy.withPlatform((platform) => platform.insertInto('tenants').values(tenant).execute());
  await tenancy.withTenant(tenant_id, async (db) => {
    await insertDataKey(db, vault.newDataKey(tenant_id));
    await db.insertInto('users').values({ tenant_id, id: user_id, email: 'ada@acme.example', name: 'Ada', roles: ['tenant_admin'], locale: 'en-US' }).execute();
  });
  return describeCall(tenant_id, user_id);
}

/** A database of its own with the real vault and catalogue, and a supplier that answers as it is told. */
export async function createScene() {
  const test_database = await createTestDatabase();
  const database = openDatabase({ app_url: test_database.app_url, max: 4, onError: () => undefined });
  const takeStatements = rememberStatements(database.pool);
  const tenancy = createTenancy(database);
  const vault = createVault(parseKeyring(generateKeyringText()), createDataKeyStore(tenancy));
  const supplier: FakeSupplier = { answer: accepted(), seen: [], meanwhile: async () => undefined };
  const ports = { tenancy, vault, providers: playSupplier(supplier), catalogue: { suppliers, listCatalogueSuppliers, listCatalogueModels } };
  return {
    ports,
    tenancy,
    vault,
    supplier,
    service: createSupplierService(ports),
    takeStatements,
    asTenant: () => insertTenant(tenancy, vault),
    async close() {
      await database.close();
      await test_database.drop();
    },
  };
}
export type Scene = Awaited<ReturnType<typeof createScene>>;

function describeCall(tenant_id: string, user_id: string): SupplierCall {
  return {
    actor: { user_id, tenant_id, session_id: newId(), email: 'ada@acme.example', name: 'Ada', roles: ['tenant_admin'], permissions: new Set(), has_second_factor: false, withheld: 'nothing' },
    caller: { request_id: 'r-1', address: '127.0.0.1', user_agent: 'test', locale: 'en-US' },
    if_match: null,
    signal: new AbortController().signal,
    confirm: async () => undefined,
  };
}

/** Conversations that chose `model`, and, where asked for, one with a reply running through a credential. */
export async function insertConversation(db: TenantDb, user_id: string, model: string, running_through?: string): Promise<void> {
  const conversation_id = newId();
  await db.insertInto('conversations').values({ tenant_id: db.tenant_id, id: conversation_id, user_id, model }).execute();
  if (running_through === undefined) return;
  const message_id = newId();
  const message = { tenant_id: db.tenant_id, id: message_id, conversation_id, role: 'assistant' as const, content: '[]', status: 'running' as const };
  await db.insertInto('messages').values(message).execute();
  const reply = { tenant_id: db.tenant_id, id: newId(), conversation_id, message_id, user_id, model, supplier: providerIds[0], credential_id: running_through, request_id: 'r-1', instance_id: newId() };
  await db.insertInto('replies').values(reply).execute();
}

/** One call's usage, through whichever credential. */
export async function insertUsage(db: TenantDb, user_id: string, call: { credential_id: string; outcome: string; time_to_first_token_ms: number | null; created_at: string }): Promise<void> {
  const counted = { input_tokens: 1, output_tokens: 1, cached_tokens: 0, reasoning_tokens: 0, estimated: false };
  await db.insertInto('usage_records').values({ tenant_id: db.tenant_id, id: newId(), user_id, model: 'gpt-5', supplier: 'openai', ...counted, duration_ms: 1_000, request_id: 'r-1', ...call }).execute();
}

export function readAudit(scene: Scene, call: SupplierCall) {
  return scene.tenancy.withTenant(call.actor.tenant_id, (db) => db.selectFrom('audit_entries').select(['action', 'resource_id', 'outcome', 'details', 'actor_user_id']).orderBy('at').orderBy('id').execute());
}

export const failure = (error_name: string, status: number, details?: Record<string, unknown>) => expect.objectContaining({ error_name, status, ...(details ? { details: expect.objectContaining(details) } : {}) });
