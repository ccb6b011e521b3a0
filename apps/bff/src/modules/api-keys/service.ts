import { permissions, type AllApiKeysQuery, type ApiKey, type ApiKeysQuery, type CreateApiKeyInput, type Permission, type ShownApiKey, type UpdateApiKeyInput } from '@lyss/api-types';
import type { Actor, Caller } from '../../actor.ts';
import { appendAudit } from '../../audit/append.ts';
import type { Tenancy, TenantDb } from '../../db/tenancy.ts';
import { AppError } from '../../errors.ts';
import { pickGiven } from '../../given-fields.ts';
import { refuseBeyond } from '../../grants.ts';
import { makeSecret } from './make-secret.ts';
import { readNetwork } from './networks.ts';
import * as repository from './repository.ts';
import type { KeyDraft } from './repository.ts';
import { lockLiveKey, rotateKey } from './rotate-key.ts';

export interface ApiKeyPorts {
  tenancy: Tenancy;
  /** Called once a change of keys is committed: what is known of them is out of date. */
  onChanged(): void;
}
export type ApiKeyService = ReturnType<typeof createApiKeyService>;

const MOST_LIVE_KEYS = 50;
const MOST_YEARS = 2;

/** A person's own keys, and everybody's for whoever governs them. */
export function createApiKeyService({ tenancy, onChanged }: ApiKeyPorts) {
  const change = async <T>(actor: Actor, work: (db: TenantDb) => Promise<T>): Promise<T> => {
    const result = await tenancy.withTenant(actor.tenant_id, work);
    onChanged();
    return result;
  };
  return {
    list: (actor: Actor, query: ApiKeysQuery) => tenancy.withTenant(actor.tenant_id, (db) => repository.listOwnKeys(db, actor.user_id, query)),
    listAll: (actor: Actor, query: AllApiKeysQuery) => tenancy.withTenant(actor.tenant_id, (db) => repository.listAllKeys(db, query)),
    read: (actor: Actor, id: string) => tenancy.withTenant(actor.tenant_id, async (db) => found(await repository.findOwnKey(db, actor.user_id, id))),
    readAny: (actor: Actor, id: string) => tenancy.withTenant(actor.tenant_id, async (db) => found(await repository.findAnyKey(db, id))),
    create: (actor: Actor, input: CreateApiKeyInput, caller: Caller): Promise<ShownApiKey> => tenancy.withTenant(actor.tenant_id, (db) => createKey(db, actor, input, caller)),
    update: (actor: Actor, id: string, version: number | null, input: UpdateApiKeyInput, caller: Caller) => change(actor, (db) => updateKey(db, actor, id, version, input, caller)),
    rotate: (actor: Actor, id: string, version: number | null, overlap_hours: number, caller: Caller) => change(actor, (db) => rotateKey(db, actor, id, version, overlap_hours, caller)),
    remove: (actor: Actor, id: string, version: number | null, caller: Caller) => change(actor, async (db) => revoke(db, actor, await lockLiveKey(db, id, { version, user_id: actor.user_id }), {}, caller)),
    revoke: (actor: Actor, id: string, version: number | null, reason: string, caller: Caller) => change(actor, async (db) => revoke(db, actor, await lockLiveKey(db, id, { version }), { reason }, caller)),
  };
}

function found<T>(key: T | undefined): T {
  if (!key) throw new AppError('RESOURCE_NOT_FOUND');
  return key;
}

async function createKey(db: TenantDb, actor: Actor, input: CreateApiKeyInput, caller: Caller): Promise<ShownApiKey> {
  refuseBeyond(actor, input.scopes);
  const draft = readDraft(input);
  if ((await repository.countLiveKeys(db, actor.user_id)) >= MOST_LIVE_KEYS) throw new AppError('QUOTA_EXCEEDED', { details: { reason: 'too_many_api_keys', limit: MOST_LIVE_KEYS } });
  const { key, ...secret } = makeSecret();
  const id = await repository.insertKey(db, actor.user_id, draft, secret);
  await appendAudit(db, { actor, caller }, { action: 'api_keys.created', resource_type: 'api_key', resource_id: id, details: { after: { ...draft, hint: secret.hint } } });
  return { ...(await repository.getKey(db, id)), key };
}

async function updateKey(db: TenantDb, actor: Actor, id: string, version: number | null, input: UpdateApiKeyInput, caller: Caller): Promise<ApiKey> {
  if (input.scopes) refuseBeyond(actor, input.scopes);
  const before = describeForAudit(await lockLiveKey(db, id, { version, user_id: actor.user_id }));
  const after = { ...before, ...readDraft(pickGiven(input)) };
  await repository.updateKey(db, id, after);
  await appendAudit(db, { actor, caller }, { action: 'api_keys.updated', resource_type: 'api_key', resource_id: id, details: { before, after } });
  return repository.getKey(db, id);
}

async function revoke(db: TenantDb, actor: Actor, key: repository.LockedKey, why: { reason?: string }, caller: Caller): Promise<void> {
  await repository.revokeKey(db, key.id);
  const details = { before: { ...describeForAudit(key), user_id: key.user_id, hint: key.hint }, ...why };
  await appendAudit(db, { actor, caller }, { action: 'api_keys.revoked', resource_type: 'api_key', resource_id: key.id, details });
}

const describeForAudit = ({ name, scopes, models, allowed_networks, expires_at }: KeyDraft): KeyDraft => ({ name, scopes, models, allowed_networks, expires_at });

/** What was given, as it is stored. Throws 1001 with every bad field at once. */
function readDraft<T extends Partial<KeyDraft>>(given: T): T {
  const issues: { path: string; code: string; message: string }[] = [];
  const refuse = (path: string, code: string) => void issues.push({ path, code, message: code });
  const networks = given.allowed_networks?.map((text, at) => readNetwork(text) ?? refuse(`allowed_networks.${at}`, 'invalid_network'));
  const ends = typeof given.expires_at === 'string' ? Date.parse(given.expires_at) : null;
  if (ends !== null && ends <= Date.now()) refuse('expires_at', 'expires_in_past');
  if (ends !== null && ends > latestEnd()) refuse('expires_at', 'expires_too_late');
  if (issues.length > 0) throw new AppError('INVALID_INPUT', { details: { issues } });
  return { ...given, ...(given.scopes ? { scopes: order(given.scopes) } : {}), ...(networks ? { allowed_networks: [...new Set(networks)] } : {}) };
}

/** As the registry has them. */
const order = (scopes: readonly Permission[]) => permissions.filter((permission) => scopes.includes(permission));

/** The same time of day in two years, and the minutes that a form stays open. */
function latestEnd(): number {
  const at = new Date();
  at.setUTCFullYear(at.getUTCFullYear() + MOST_YEARS);
  const day_ms = 86_400_000;
  return at.getTime() + day_ms;
}
