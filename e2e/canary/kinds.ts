/** Every kind of secret that Lyss has. A new one is planted by the canary, or the run fails. */
export const kinds = [
  'supplier key', 'password', 'access token', 'refresh token', 'invitation or reset token', 'set-up token', 'API key', 'SMTP password', 'master key', 'data key', 'platform key',
  'database password',
] as const;
export type Kind = (typeof kinds)[number];

/** Names in bodies and answers that sound secret: those that are, by kind. */
export const secretFields: Readonly<Record<string, Kind>> = {
  api_key: 'supplier key',
  password: 'password',
  current_password: 'password',
  access_token: 'access token',
  refresh_token: 'refresh token',
  token: 'set-up token',
  key: 'API key',
  url: 'invitation or reset token',
};

/** Those that only sound so, and what they are. */
export const plainFields: Readonly<Record<string, string>> = {
  base_url: 'where a supplier lives',
  base_url_editable: 'a flag of the catalogue',
  default_base_url: 'of the catalogue',
  key_url: 'where a supplier gives out keys',
  key_example: 'of the catalogue',
  key_required: 'a flag of the catalogue',
  key_hint: 'the last four characters',
  key_fingerprint: 'of a hash',
  key_changed_at: 'a time',
  code: 'an error’s number',
  hash: 'the head of an audit chain',
  link: 'what became of a link, without it',
  token_type: 'always Bearer',
  cached_tokens: 'a count',
  input_tokens: 'a count',
  output_tokens: 'a count',
  reasoning_tokens: 'a count',
  max_output_tokens: 'a count',
  first_token_ms: 'a duration',
  time_to_first_token_ms: 'a duration',
};

export const soundsSecret = /pass|secret|token|key|code|url|link|otp|hash|challenge|verifier|cookie|recover|private|seed|signature|assertion|attestation/i;

/** Columns that hold bytes or sound secret: of which kind, sealed or hashed. Each of these kinds must lie in its column in a run. */
export const secretColumns: Readonly<Record<string, Kind>> = {
  'supplier_credentials.sealed_key': 'supplier key',
  'users.password_hash': 'password',
  'refresh_tokens.token_hash': 'refresh token',
  'user_tokens.token_hash': 'invitation or reset token',
  'setup_tokens.token_hash': 'set-up token',
  'api_key_secrets.secret_hash': 'API key',
  'data_keys.wrapped': 'data key',
  'platform_keys.wrapped': 'platform key',
};

export const plainColumns: Readonly<Record<string, string>> = {
  'api_key_secrets.api_key_id': 'an id',
  'data_keys.master_key_id': 'a master key’s name',
  'platform_keys.master_key_id': 'a master key’s name',
  'supplier_credentials.key_changed_at': 'a time',
  'supplier_credentials.key_fingerprint': 'of a hash',
  'supplier_credentials.key_hint': 'the last four characters',
  'supplier_credentials.base_url': 'where a supplier lives',
  'idempotency_keys.key': 'chosen by a client',
  'idempotency_keys.body': 'an answer that may be given again; searched like all others',
  'idempotency_keys.body_hash': 'of a request’s body',
  'tenant_erasures.key_ids': 'names of data keys that are gone',
  'rate_limits.key': 'of a network or a person',
  'export_pieces.bytes': 'a file; searched like all others',
  'audit_seals.digest': 'of an entry',
  'audit_seals.hash': 'of the chain',
  'audit_starts.hash': 'of the chain',
  'platform_audit_seals.digest': 'of an entry',
  'platform_audit_seals.hash': 'of the chain',
  'messages.time_to_first_token_ms': 'a duration',
  'usage_records.time_to_first_token_ms': 'a duration',
  'usage_records.cached_tokens': 'a count',
  'usage_records.input_tokens': 'a count',
  'usage_records.output_tokens': 'a count',
  'usage_records.reasoning_tokens': 'a count',
};

/** What looks secret and stands in neither table, and what stands there and is no more. */
export function findUnnamed(names: Iterable<string>, secret: Readonly<Record<string, unknown>>, plain: Readonly<Record<string, unknown>>): string[] {
  const found = new Set(names);
  const known = [...Object.keys(secret), ...Object.keys(plain)];
  return [
    ...[...found].filter((name) => !known.includes(name)).map((name) => `${name}: say in e2e/canary/kinds.ts which secret it holds, or that it holds none`),
    ...known.filter((name) => !found.has(name)).map((name) => `${name}: is gone; take it out of e2e/canary/kinds.ts`),
  ];
}
