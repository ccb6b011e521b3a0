import type texts from './texts/zh-CN.ts';

type Texts = typeof texts;
export type Noun = keyof Texts['noun'];
export type ActionKey = keyof Texts['action'];
export type ResourceType = keyof Texts['resource'];

/** Every action that an entry may have, by its noun. A test holds this against the contract and the server. */
export const verbs = {
  access: ['refused'],
  api_keys: ['created', 'updated', 'rotated', 'revoked', 'used'],
  audit: ['verified', 'exported', 'export_downloaded', 'export_removed', 'retention_applied'],
  auth: ['signed_in', 'signed_out', 'session_ended', 'sessions_ended', 'refresh_reused'],
  budgets: ['created', 'updated', 'removed', 'raised', 'raise_ended'],
  conversations: ['created', 'updated', 'removed'],
  keys: ['master_rotated', 'data_rotated', 'signing_rotated'],
  exchange_rates: ['replaced'],
  ledger: ['difference_found'],
  looks: ['started', 'ended', 'conversations_listed', 'conversation_read', 'messages_read'],
  models: ['updated', 'synced'],
  replies: ['started', 'stopped', 'ended'],
  roles: ['created', 'updated', 'removed'],
  second_factors: ['totp_started', 'totp_enrolled', 'totp_removed', 'passkey_added', 'passkey_renamed', 'passkey_removed', 'recovery_codes_replaced', 'recovery_code_used', 'proved'],
  setup: ['completed'],
  sso: ['created', 'updated', 'removed', 'tested', 'unlinked', 'domain_decided', 'passwords_allowed'],
  suppliers: ['created', 'updated', 'key_replaced', 'tested', 'removed'],
  tenant: ['exported', 'export_downloaded', 'export_removed', 'imported', 'import_started', 'import_confirmed', 'import_removed'],
  tenants: ['created', 'updated', 'settings_changed', 'logo_changed', 'logo_removed', 'deletion_asked', 'deletion_cancelled', 'erasure_begun', 'erased', 'retention_applied'],
  users: ['created', 'updated', 'profile_changed', 'password_reset_asked', 'password_reset_issued', 'password_chosen', 'second_factors_reset', 'sessions_ended', 'invitation_resent', 'invitation_revoked'],
} as const satisfies Record<Noun, readonly string[]>;

// Object.keys forgets the names.
export const nouns = Object.keys(verbs) as Noun[];

type KeyOf = { [N in Noun]: `${N}_${(typeof verbs)[N][number]}` }[Noun];
const keys = new Map<string, KeyOf>(nouns.flatMap((noun) => verbs[noun].map((verb): [string, KeyOf] => [`${noun}.${verb}`, `${noun}_${verb}` as KeyOf])));

/** The key of an action's text; undefined for one that this console does not know yet. */
export const keyOf = (action: string): ActionKey | undefined => keys.get(action);

export const resourceTypes = ['api_key', 'audit', 'budget', 'conversation', 'endpoint', 'exchange_rate', 'export', 'import', 'model', 'network', 'passkey', 'platform_key', 'reply', 'role', 'session', 'sso_connection', 'sso_domain', 'supplier_credential', 'tenant', 'totp_factor', 'user'] as const satisfies readonly ResourceType[];
