import { currency, label, locale, passwordPolicy, retention, secondFactorDemands, sessionPolicy, timeZone } from '@lyss/api-types';
import { z } from 'zod';
import { budgetTables } from './budgets.ts';
import { chatTables } from './chat.ts';
import { identityTables } from './identity.ts';
import { modelTables } from './models.ts';
import type { ArchivedTable, LeftOut } from './table.ts';

/** What an archive holds, each table after those that its rows refer to: the order of writing and of reading. */
export const archivedTables: readonly ArchivedTable[] = [...identityTables, ...modelTables, ...budgetTables, ...chatTables];

/** The tenant's own row: its settings, in the manifest. */
export const tenantSettings = z.strictObject({
  name: label(80),
  locale,
  currency,
  time_zone: timeZone,
  audit_retention_days: z.int().min(30).max(36_500).nullable(),
  password_min_length: passwordPolicy.shape.min_length,
  password_blocked_words: passwordPolicy.shape.blocked_words,
  session_idle_minutes: sessionPolicy.shape.idle_minutes,
  session_absolute_minutes: sessionPolicy.shape.absolute_minutes,
  conversation_retention_days: retention.shape.conversations_days,
  session_retention_days: retention.shape.sessions_days,
  require_second_factor: z.enum(secondFactorDemands),
});
export type TenantSettings = z.infer<typeof tenantSettings>;

/** Columns of the tenant's own row that are no setting. */
export const tenantLeftOut: Record<string, LeftOut> = {
  ...{ id: 'restated', workspace: 'restated' },
  // What a plan allows is said by each installation's own operator.
  ...{ seat_limit: 'bookkeeping', api_key_limit: 'bookkeeping', storage_limit: 'bookkeeping', request_limit: 'bookkeeping' },
  ...{ state: 'bookkeeping', version: 'bookkeeping', created_at: 'bookkeeping', updated_at: 'bookkeeping' },
};

/** Tables of a tenant's that no archive holds rows of. A table that stands in neither list fails a test. */
export const leftOutTables: Record<string, LeftOut> = {
  ...{ data_keys: 'secret', api_key_secrets: 'secret', totp_factors: 'secret', passkeys: 'secret', recovery_codes: 'secret' },
  ...{ sessions: 'session', refresh_tokens: 'session' },
  ...{ user_tokens: 'passing', factor_challenges: 'passing', idempotency_keys: 'passing', reply_events: 'passing', exports: 'passing', export_pieces: 'passing', imports: 'passing', import_pieces: 'passing' },
  // What calls hold and have spent of budgets counts here: elsewhere their periods begin anew. Alerts were told here.
  ...{ budget_pots: 'bookkeeping', reservations: 'passing', budget_alerts: 'passing' },
  // Made of the records, as they arrive.
  ...{ usage_hours: 'restated', usage_days: 'restated' },
  // Each look, with whom, at whom and why, stands in the trail; one that goes on belongs to its session.
  looks: 'restated',
  // Who is who at a provider, and whose domain is whose, was agreed on here: another installation agrees anew.
  ...{ sso_connections: 'secret', sso_domains: 'bookkeeping', sso_role_rules: 'bookkeeping', sso_identities: 'session', sso_attempts: 'passing' },
  // The trail goes into audit/, each entry with its seal, in the form that docs/audit.md checks.
  ...{ audit_entries: 'restated', audit_seals: 'restated', audit_starts: 'restated' },
};
