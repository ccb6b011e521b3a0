/** Every kind of secret that Lyss has. A new one is planted by the canary, or the run fails. */
export const kinds = [
  'supplier key', 'password', 'access token', 'refresh token', 'invitation or reset token', 'set-up token', 'API key', 'SMTP password', 'master key', 'data key', 'platform key',
  'database password', 'client secret', 'authenticator key', 'recovery code',
] as const;
export type Kind = (typeof kinds)[number];

/** Those that only a journey of their own plants: demanded where it ran. */
const journeys: Readonly<Partial<Record<Kind, string>>> = { 'client secret': 'single-sign-on.spec.ts', 'authenticator key': 'second-factor.spec.ts', 'recovery code': 'second-factor.spec.ts' };

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
  client_secret: 'client secret',
  secret: 'authenticator key',
  recovery_codes: 'recovery code',
};

/** Those that only sound so, and what they are. */
export const plainFields: Readonly<Record<string, string>> = {
  base_url: 'where a supplier lives',
  shortest_password: 'a length',
  base_url_editable: 'a flag of the catalogue',
  default_base_url: 'of the catalogue',
  key_url: 'where a supplier gives out keys',
  key_example: 'of the catalogue',
  key_required: 'a flag of the catalogue',
  key_hint: 'the last four characters',
  key_fingerprint: 'of a hash',
  key_changed_at: 'a time',
  code: 'an error’s number; a code of six digits that counts once, for a minute',
  secret_hint: 'the last four characters',
  secret_fingerprint: 'of a hash',
  challenge: 'lives for minutes, and opens nothing without a second step',
  attestation: 'a wish of the contract',
  attestationObject: 'what a passkey’s device says of itself',
  signature: 'of a challenge that counts once',
  otp: 'the name of a method',
  totp: 'when it was set up',
  passkey: 'its name and age',
  passkeys: 'names and ages',
  passkeys_count: 'a count',
  passkeys_possible: 'a flag',
  linked_at: 'a time',
  pubKeyCredParams: 'names of algorithms',
  publicKey: 'public',
  publicKeyAlgorithm: 'a number',
  requireResidentKey: 'a flag',
  residentKey: 'a wish of the contract',
  recovery_code: 'the name of a method',
  recovery_codes_left: 'a count',
  api_keys: 'a count',
  password_policy: 'what a password must be',
  passwords_closed: 'a flag',
  hash: 'the head of an audit chain',
  link: 'what became of a link, without it',
  token_type: 'always Bearer',
  cached_tokens: 'a count',
  input_tokens: 'a count',
  output_tokens: 'a count',
  reasoning_tokens: 'a count',
  max_output_tokens: 'a count',
  first_token_ms: 'a duration',
  first_token_p50_ms: 'a duration',
  first_token_p95_ms: 'a duration',
  own_max_output_tokens: 'a count',
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
  'sso_connections.sealed_secret': 'client secret',
  'totp_factors.sealed_secret': 'authenticator key',
  'recovery_codes.code_hash': 'recovery code',
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
  'sso_attempts.browser_hash': 'of what lives for minutes',
  'sso_attempts.state_hash': 'of what lives for minutes',
  'sso_connections.secret_fingerprint': 'of a hash',
  'sso_connections.secret_hint': 'the last four characters',
  'sso_connections.token_origin': 'where a secret may be sent',
  'factor_challenges.challenge_hash': 'of what lives for minutes',
  'passkey_challenges.challenge_hash': 'of what lives for minutes',
  'passkeys.credential_id': 'no secret: sent with every sign-in',
  'passkeys.public_key': 'public',
  'users.password_is_short': 'a flag',
  'import_pieces.bytes': 'a file; searched like all others',
  'tenants.api_key_limit': 'a count',
  'tenants.password_blocked_words': 'a rule',
  'tenants.password_min_length': 'a rule',
  'rate_limits.key': 'of a network or a person',
  'export_pieces.bytes': 'a file; searched like all others',
  'audit_seals.digest': 'of an entry',
  'audit_seals.hash': 'of the chain',
  'audit_starts.hash': 'of the chain',
  'platform_audit_seals.digest': 'of an entry',
  'platform_audit_seals.hash': 'of the chain',
  'messages.time_to_first_token_ms': 'a duration',
  'usage_hours.api_key_id': 'an id',
  'usage_hours.cached_tokens': 'a count',
  'usage_hours.first_tokens': 'counts',
  'usage_hours.input_tokens': 'a count',
  'usage_hours.output_tokens': 'a count',
  'usage_hours.reasoning_tokens': 'a count',
  'usage_days.api_key_id': 'an id',
  'usage_days.cached_tokens': 'a count',
  'usage_days.first_tokens': 'counts',
  'usage_days.input_tokens': 'a count',
  'usage_days.output_tokens': 'a count',
  'usage_days.reasoning_tokens': 'a count',
  'usage_records.api_key_id': 'an id',
  'usage_records.time_to_first_token_ms': 'a duration',
  'usage_records.cached_tokens': 'a count',
  'usage_records.input_tokens': 'a count',
  'usage_records.output_tokens': 'a count',
  'usage_records.reasoning_tokens': 'a count',
  'budgets.api_key_id': 'an id',
  'model_settings.max_output_tokens': 'a count',
  'reservations.api_key_id': 'an id',
  'reservations.input_tokens': 'a count',
  'reservations.output_tokens': 'a count',
};

/** What looks secret and stands in neither table. */
export function findUnnamed(names: Iterable<string>, secret: Readonly<Record<string, unknown>>, plain: Readonly<Record<string, unknown>>): string[] {
  const unnamed = [...new Set(names)].filter((name) => !(name in secret) && !(name in plain));
  return unnamed.map((name) => `${name}: say in e2e/canary/kinds.ts which secret it holds, or that it holds none`);
}

/** Columns of secrets that hold none, and kinds that nobody planted; what only a journey plants counts where that one `ran`. */
export function findUnplanted(ran: ReadonlySet<string>, { columns, filled }: { columns: readonly string[]; filled: readonly string[] }, planted: ReadonlySet<string>): string[] {
  const there = Object.entries(secretColumns).filter(([column]) => columns.includes(column));
  // A kind without a column of its own, such as a password of the mail server, is always there.
  const needed = (kind: Kind) => ran.has(journeys[kind] ?? '') !== (journeys[kind] === undefined) && (there.some(([, held]) => held === kind) || !Object.values(secretColumns).includes(kind));
  return [
    ...there.filter(([column, kind]) => needed(kind) && !filled.includes(column)).map(([column]) => `${column} is empty`),
    ...kinds.filter((kind) => needed(kind) && !planted.has(kind)).map((kind) => `no ${kind} was planted`),
  ];
}
