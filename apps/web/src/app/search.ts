import type { SearchSchemaInput } from '@tanstack/react-router';
import type { ApiKeysQuery, AuditQuery, BudgetsQuery, DomainsQuery, ProviderId, SuppliersQuery, TenantModelsQuery, TenantsQuery, UsersQuery } from '@lyss/api-types';
import { permissions, systemRoles } from '@lyss/api-types/permission';

/** What may stand in an address: anything, though our own links are held to T. */
export type Raw<T> = Partial<T> & SearchSchemaInput;

/** What every list keeps in its address; defaults are left out of it. */
export interface ListSearch {
  search: string;
  /** The page's cursor; empty for the first. */
  cursor: string;
  sort_order: 'asc' | 'desc';
  /** The row that is open beside the list; `new` for the form of a new one. */
  peek: string;
}
export interface UsersSearch extends ListSearch {
  sort_by: NonNullable<UsersQuery['sort_by']>;
  status: NonNullable<UsersQuery['status']> | '';
  role: NonNullable<UsersQuery['role']> | '';
  permission: NonNullable<UsersQuery['permission']> | '';
  second_factor: NonNullable<UsersQuery['second_factor']> | '';
}
export interface RolesSearch extends ListSearch {
  /** The server has one order: the system's roles, then the tenant's own. */
  sort_by: 'name';
  tab: '' | 'matrix';
}
export interface ApiKeysSearch extends ListSearch {
  sort_by: NonNullable<ApiKeysQuery['sort_by']>;
  status: NonNullable<ApiKeysQuery['status']> | '';
  scope: NonNullable<ApiKeysQuery['scope']> | '';
  /** Mine, or everybody's for those who govern them. */
  tab: '' | 'all';
}
export interface BudgetsSearch extends ListSearch {
  sort_by: NonNullable<BudgetsQuery['sort_by']>;
  scope: NonNullable<BudgetsQuery['scope']> | '';
  period: NonNullable<BudgetsQuery['period']> | '';
  state: NonNullable<BudgetsQuery['state']> | '';
}
export interface AuditSearch extends ListSearch {
  sort_by: 'at';
  tab: '' | 'check' | 'files';
  /** How far back from now; `custom` is what `from` and `to` (ISO 8601) say. */
  range: '' | '1h' | '24h' | '7d' | '30d' | 'custom';
  from: string;
  to: string;
  actor_user_id: string;
  /** A whole action, `users.updated`, or its noun. */
  action: string;
  resource_type: string;
  resource_id: string;
  outcome: NonNullable<AuditQuery['outcome']> | '';
  request_id: string;
}
export interface SuppliersSearch extends ListSearch {
  sort_by: NonNullable<SuppliersQuery['sort_by']>;
  provider: NonNullable<SuppliersQuery['provider']> | '';
  status: NonNullable<SuppliersQuery['status']> | '';
  enabled: NonNullable<SuppliersQuery['enabled']> | '';
}
export interface ModelsSearch extends ListSearch {
  sort_by: NonNullable<TenantModelsQuery['sort_by']>;
  provider: NonNullable<TenantModelsQuery['provider']> | '';
  capability: NonNullable<TenantModelsQuery['capability']> | '';
  offered: NonNullable<TenantModelsQuery['offered']> | '';
  priced: NonNullable<TenantModelsQuery['priced']> | '';
}
export interface TenantsSearch extends ListSearch {
  sort_by: NonNullable<TenantsQuery['sort_by']>;
  state: NonNullable<TenantsQuery['state']> | '';
}
export interface DomainsSearch extends ListSearch {
  sort_by: NonNullable<DomainsQuery['sort_by']>;
  state: NonNullable<DomainsQuery['state']> | '';
}

const list = { search: '', cursor: '', sort_order: 'desc', peek: '' } as const;
export const usersDefaults: UsersSearch = { ...list, sort_by: 'created_at', status: '', role: '', permission: '', second_factor: '' };
export const rolesDefaults: RolesSearch = { ...list, sort_by: 'name', tab: '' };
export const apiKeysDefaults: ApiKeysSearch = { ...list, sort_by: 'created_at', status: '', scope: '', tab: '' };
export const budgetsDefaults: BudgetsSearch = { ...list, sort_order: 'asc', sort_by: 'tree', scope: '', period: '', state: '' };
export const auditDefaults: AuditSearch = { ...list, sort_by: 'at', tab: '', range: '', from: '', to: '', actor_user_id: '', action: '', resource_type: '', resource_id: '', outcome: '', request_id: '' };
export const suppliersDefaults: SuppliersSearch = { ...list, sort_by: 'created_at', provider: '', status: '', enabled: '' };
export const modelsDefaults: ModelsSearch = { ...list, sort_order: 'asc', sort_by: 'name', provider: '', capability: '', offered: '', priced: '' };
export const tenantsDefaults: TenantsSearch = { ...list, sort_by: 'created_at', state: '' };
export const domainsDefaults: DomainsSearch = { ...list, sort_by: 'created_at', state: '' };

// Somebody may type anything into the address: what is not text falls back to the default, the server judges the rest.
export function readSearch<T extends object>(raw: Raw<T>, defaults: T): Record<keyof T, string> {
  const given = new Map<string, unknown>(Object.entries(raw));
  const entries = Object.entries(defaults).map(([name, standard]) => {
    const value = given.get(name);
    return [name, typeof value === 'string' ? value.slice(0, 500) : typeof value === 'number' || typeof value === 'boolean' ? String(value) : standard];
  });
  // fromEntries forgets the names: they are those of `defaults`.
  return Object.fromEntries(entries) as Record<keyof T, string>;
}

export function oneOf<const T extends string>(value: string, allowed: readonly T[], standard: NoInfer<T>): T {
  return allowed.find((candidate) => candidate === value) ?? standard;
}

const providers = ['openai', 'anthropic', 'google', 'deepseek', 'azure', 'qwen', 'moonshot', 'zhipu', 'ark', 'mistral', 'ollama', 'custom', 'demo'] as const satisfies readonly ProviderId[];
const orders = ['asc', 'desc'] as const;
// One of the tenant's own roles: a UUID.
const roleId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The address of the users list, every filter with a value that the contract knows. */
export function readUsersSearch(raw: Raw<UsersSearch>): UsersSearch {
  const read = readSearch(raw, usersDefaults);
  return {
    ...read,
    sort_order: oneOf(read.sort_order, orders, 'desc'),
    sort_by: oneOf(read.sort_by, ['created_at', 'name', 'email', 'last_seen_at'], 'created_at'),
    status: oneOf(read.status, ['', 'invited', 'expired', 'active', 'disabled'], ''),
    role: roleId.test(read.role) ? read.role : oneOf(read.role, ['', ...systemRoles], ''),
    permission: oneOf(read.permission, ['', ...permissions], ''),
    second_factor: oneOf(read.second_factor, ['', 'enrolled', 'none'], ''),
  };
}

export function readRolesSearch(raw: Raw<RolesSearch>): RolesSearch {
  const read = readSearch(raw, rolesDefaults);
  return { ...read, sort_order: 'desc', sort_by: 'name', tab: oneOf(read.tab, ['', 'matrix'], '') };
}

export function readApiKeysSearch(raw: Raw<ApiKeysSearch>): ApiKeysSearch {
  const read = readSearch(raw, apiKeysDefaults);
  return {
    ...read,
    sort_order: oneOf(read.sort_order, orders, 'desc'),
    sort_by: oneOf(read.sort_by, ['created_at', 'name', 'last_used_at', 'expires_at'], 'created_at'),
    status: oneOf(read.status, ['', 'active', 'expired', 'revoked'], ''),
    scope: oneOf(read.scope, ['', ...permissions], ''),
    tab: oneOf(read.tab, ['', 'all'], ''),
  };
}

export function readBudgetsSearch(raw: Raw<BudgetsSearch>): BudgetsSearch {
  const read = readSearch(raw, budgetsDefaults);
  return {
    ...read,
    sort_order: oneOf(read.sort_order, orders, 'asc'),
    sort_by: oneOf(read.sort_by, ['tree', 'name', 'limit_nano', 'used', 'created_at'], 'tree'),
    scope: oneOf(read.scope, ['', 'tenant', 'role', 'user', 'api_key', 'model', 'workflow'], ''),
    period: oneOf(read.period, ['', 'day', 'week', 'month', 'once'], ''),
    state: oneOf(read.state, ['', 'ok', 'warned', 'used_up', 'off', 'waiting', 'ended'], ''),
  };
}

export function readAuditSearch(raw: Raw<AuditSearch>): AuditSearch {
  const read = readSearch(raw, auditDefaults);
  return {
    ...read,
    sort_order: oneOf(read.sort_order, orders, 'desc'),
    sort_by: 'at',
    tab: oneOf(read.tab, ['', 'check', 'files'], ''),
    range: oneOf(read.range, ['', '1h', '24h', '7d', '30d', 'custom'], ''),
    outcome: oneOf(read.outcome, ['', 'success', 'refused', 'failed'], ''),
  };
}

export function readSuppliersSearch(raw: Raw<SuppliersSearch>): SuppliersSearch {
  const read = readSearch(raw, suppliersDefaults);
  return {
    ...read,
    sort_order: oneOf(read.sort_order, orders, 'desc'),
    sort_by: oneOf(read.sort_by, ['created_at', 'name', 'provider', 'updated_at'], 'created_at'),
    provider: oneOf(read.provider, ['', ...providers], ''),
    status: oneOf(read.status, ['', 'untested', 'healthy', 'failing'], ''),
    enabled: oneOf(read.enabled, ['', 'true', 'false'], ''),
  };
}

export function readModelsSearch(raw: Raw<ModelsSearch>): ModelsSearch {
  const read = readSearch(raw, modelsDefaults);
  return {
    ...read,
    sort_order: oneOf(read.sort_order, orders, 'asc'),
    sort_by: oneOf(read.sort_by, ['name', 'provider', 'context_window', 'input_price', 'output_price'], 'name'),
    provider: oneOf(read.provider, ['', ...providers], ''),
    capability: oneOf(read.capability, ['', 'vision', 'tools', 'json', 'reasoning', 'embedding', 'workflow'], ''),
    offered: oneOf(read.offered, ['', 'true', 'false'], ''),
    priced: oneOf(read.priced, ['', 'true', 'false'], ''),
  };
}

export function readTenantsSearch(raw: Raw<TenantsSearch>): TenantsSearch {
  const read = readSearch(raw, tenantsDefaults);
  return {
    ...read,
    sort_order: oneOf(read.sort_order, orders, 'desc'),
    sort_by: oneOf(read.sort_by, ['created_at', 'name', 'workspace', 'updated_at', 'users_count', 'requests', 'tokens', 'cost', 'last_active_at'], 'created_at'),
    state: oneOf(read.state, ['', 'active', 'suspended', 'deleting'], ''),
  };
}

export function readDomainsSearch(raw: Raw<DomainsSearch>): DomainsSearch {
  const read = readSearch(raw, domainsDefaults);
  return {
    ...read,
    sort_order: oneOf(read.sort_order, orders, 'desc'),
    sort_by: oneOf(read.sort_by, ['created_at', 'domain', 'decided_at'], 'created_at'),
    state: oneOf(read.state, ['', 'pending', 'approved', 'refused'], ''),
  };
}

/** `q` begins a message that is not sent yet, `model` says with whom. */
export interface ChatSearch {
  q: string;
  model: string;
}
export const chatDefaults: ChatSearch = { q: '', model: '' };

export function readChatSearch(raw: Raw<ChatSearch>): ChatSearch {
  return readSearch(raw, chatDefaults);
}
