import type { BodyOf, SsoConnection } from '@lyss/api-types';

/** The form as it is typed: lists as one line of text. */
export interface Draft {
  issuer: string;
  client_id: string;
  client_secret: string;
  scopes: string;
  domains: string;
  role_claim: string;
  role_rules: { value: string; role: string }[];
  /** Empty: none. */
  default_role: string;
  creates_users: boolean;
  enabled: boolean;
  sso_only: boolean;
}

const empty: Draft = { issuer: '', client_id: '', client_secret: '', scopes: 'profile', domains: '', role_claim: '', role_rules: [], default_role: 'end_user', creates_users: true, enabled: true, sso_only: false };

export function startDraft(saved: SsoConnection | null): Draft {
  if (!saved) return empty;
  const { issuer, client_id, scopes, domains, role_claim, role_rules, default_role, creates_users, enabled, sso_only } = saved;
  return { issuer, client_id, client_secret: '', scopes: scopes.join(' '), domains: domains.map(({ domain }) => domain).join(' '), role_claim: role_claim ?? '', role_rules, default_role: default_role ?? '', creates_users, enabled, sso_only };
}

const split = (text: string) => [...new Set(text.split(/[\s,，、;]+/).filter((word) => word !== ''))];

type Role = NonNullable<BodyOf<'sso.create'>['default_role']>;

/** What is sent: the secret only where one was typed. */
export function readDraft(draft: Draft): BodyOf<'sso.create'> {
  const rules = draft.role_rules.map(({ value, role }) => ({ value: value.trim(), role: role as Role })).filter(({ value }) => value !== '');
  return {
    ...{ issuer: draft.issuer.trim(), client_id: draft.client_id.trim(), client_secret: draft.client_secret.trim() },
    ...{ scopes: split(draft.scopes), domains: split(draft.domains.toLowerCase()) },
    ...{ role_claim: draft.role_claim.trim() || null, role_rules: rules, default_role: (draft.default_role || null) as Role | null },
    ...{ creates_users: draft.creates_users, enabled: draft.enabled },
  };
}
