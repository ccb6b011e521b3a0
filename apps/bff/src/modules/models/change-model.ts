import { systemRoles, type SystemRole, type TenantModel, type UpdateTenantModelInput } from '@lyss/api-types';
import type { Actor, Caller } from '../../actor.ts';
import { appendAudit } from '../../audit/append.ts';
import type { TenantDb } from '../../db/tenancy.ts';
import { AppError } from '../../errors.ts';
import { fromNano, toNano } from '../../nano.ts';
import type { Desk } from './desk.ts';
import { describeEntry, getEntry, type Entry } from './entries.ts';
import { pin } from './model-name.ts';
import type { ModelPorts } from './ports.ts';
import type { SettingRow } from './repository.ts';
import * as repository from './settings/repository.ts';

export interface ModelCall {
  actor: Actor;
  caller: Caller;
  if_match: number | null;
}

/** Changes what the tenant says of one model, in force for calls that begin within a second. Throws 3007, 3005 for a taken alias or a stale version, 1001 for a role that is gone. */
export async function changeModel(ports: ModelPorts, call: ModelCall, id: string, input: UpdateTenantModelInput): Promise<TenantModel> {
  const { tenant_id } = call.actor;
  const { desk } = await ports.desks.readAnew(tenant_id, null);
  const entry = getEntry(desk, tenant_id, id);
  refuseServedAliases(desk, input.aliases ?? []);
  await ports.tenancy.withTenant(tenant_id, (db) => writeChange(db, call, entry, desk, input));
  const { desk: changed } = await ports.desks.readAnew(tenant_id, null);
  return describeEntry(ports, changed, entry);
}

/** A name that a supplier serves already means that model: an alias of another one would take it away. */
function refuseServedAliases(desk: Desk, aliases: readonly string[]): void {
  const own = (name: string) => desk.credentials.some(({ models }) => models.includes(name));
  const taken = aliases.find((name) => own(name) && !desk.aliases.has(name));
  if (taken !== undefined) throw new AppError('RESOURCE_CONFLICT', { details: { reason: 'alias_taken', name: taken } });
}

async function writeChange(db: TenantDb, { actor, caller, if_match }: ModelCall, entry: Entry, desk: Desk, input: UpdateTenantModelInput): Promise<void> {
  const { id, version, ...now } = await repository.lockSetting(db, entry.id, entry.provider, entry.model);
  if (if_match !== null && if_match !== version) throw new AppError('RESOURCE_CONFLICT', { status: 412, details: { reason: 'stale_version', version } });
  const setting = desk.settings.get(pin(entry.provider, entry.model));
  const { system, own } = await splitRoles(db, input.roles ?? []);
  await repository.updateSetting(db, id, {
    display_name: input.display_name === undefined ? now.display_name : input.display_name,
    offered: input.offered ?? now.offered,
    ...(input.roles === undefined ? { restricted: now.restricted, system_roles: now.system_roles } : { restricted: input.roles !== null, system_roles: system }),
    context_window: input.context_window === undefined ? now.context_window : input.context_window,
    max_output_tokens: input.max_output_tokens === undefined ? now.max_output_tokens : input.max_output_tokens,
  });
  if (input.aliases) await repository.replaceAliases(db, id, input.aliases);
  if (input.roles !== undefined) await repository.replaceRoles(db, id, own.map((role) => role.id));
  const price = input.price === undefined ? null : await changePrice(db, id, actor, input.price);
  const { before, after } = describeChange(now, setting, { ...input, price: undefined });
  const details = { model: pin(entry.provider, entry.model), before: { ...before, ...price?.before }, after: { ...after, ...price?.after } };
  await appendAudit(db, { actor, caller }, { action: 'models.updated', resource_type: 'model', resource_id: entry.id, details });
}

async function splitRoles(db: TenantDb, roles: readonly string[]) {
  const system = systemRoles.filter((role): role is SystemRole => roles.includes(role));
  const ids = roles.filter((role) => !systemRoles.some((known) => known === role));
  const own = ids.length === 0 ? [] : await repository.listRolesById(db, ids);
  if (own.length < ids.length) throw new AppError('INVALID_INPUT', { details: { issues: [{ path: 'roles', code: 'unknown_role', message: 'a role that is not there' }] } });
  return { system, own };
}

/** Writes the new price unless it is the one in force: history holds changes alone. */
async function changePrice(db: TenantDb, setting_id: string, actor: Actor, wanted: NonNullable<UpdateTenantModelInput['price']> | null) {
  const { currency } = await repository.lockCurrency(db);
  const last = await repository.findNewestPrice(db, setting_id);
  const write = (amount: string | null | undefined) => (amount === null || amount === undefined ? null : toNano(amount).toString());
  const amounts = { input_nano: write(wanted?.input), cached_input_nano: write(wanted?.cached_input), output_nano: write(wanted?.output) };
  const old = last ?? { currency, input_nano: null, cached_input_nano: null, output_nano: null };
  const same = old.input_nano === amounts.input_nano && old.cached_input_nano === amounts.cached_input_nano && old.output_nano === amounts.output_nano;
  if (same && (wanted === null || old.currency === currency)) return null;
  await repository.insertPrice(db, setting_id, actor.user_id, currency, amounts);
  return { before: { price: describeAmounts(old) }, after: { price: describeAmounts({ currency, ...amounts }) } };
}

export function describeAmounts({ currency, input_nano, cached_input_nano, output_nano }: repository.PriceAmounts & { currency: string }) {
  if (input_nano === null || output_nano === null) return null;
  const read = (nano: string) => fromNano(BigInt(nano));
  return { input: read(input_nano), output: read(output_nano), cached_input: cached_input_nano === null ? null : read(cached_input_nano), currency };
}

/** What an auditor reads: the fields that were sent, as they were and as they are. */
function describeChange(now: repository.SettingChange, setting: SettingRow | undefined, input: UpdateTenantModelInput) {
  const roles = now.restricted ? [...now.system_roles, ...(setting?.roles ?? []).map(({ id }) => id)] : null;
  const was: Record<string, unknown> = { ...now, roles, aliases: setting?.aliases ?? [] };
  const after = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  return { before: Object.fromEntries(Object.keys(after).map((field) => [field, was[field]])), after };
}
