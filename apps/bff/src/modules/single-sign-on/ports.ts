import type { Me, SystemRole } from '@lyss/api-types';
import type { Actor, Caller } from '../../actor.ts';
import type { Vault } from '../../crypto/vault.ts';
import type { Tenancy, TenantDb } from '../../db/tenancy.ts';
import type { SessionTokens } from '../../http/session-cookie.ts';
import type { Provider } from './provider/provider.ts';

export interface SsoPorts {
  tenancy: Tenancy;
  vault: Pick<Vault, 'seal' | 'open'>;
  provider: Provider;
  public_url: URL;
  /** Calls to a host of a tenant's choice, counted by tenant. */
  trials: Limit;
  /** Sign-ins that were begun, counted by network. */
  starts: Limit;
  startSession(db: TenantDb, person: { user_id: string; epoch: number; roles: readonly SystemRole[]; carrier: 'cookie'; by: 'single_sign_on' }, caller: Caller): Promise<SessionTokens>;
  readMe(who: { tenant_id: string; user_id: string }): Promise<Me>;
}

export interface Limit {
  /** Counts one; throws 1005 beyond the limit. */
  take(key: string): Promise<void>;
}

/** Who changes the connection, which version of it, and whether they still may once the provider has answered. */
export interface SsoCall {
  actor: Actor;
  caller: Caller;
  if_match: number | null;
  confirm(): Promise<void>;
}

/** Where a provider sends the browser back to: one address a tenant, so that one provider's answer is never another's (RFC 9700 §4.4). */
export const writeRedirectUri = (public_url: URL, workspace: string) => new URL(`/sso/callback/${workspace}`, public_url).href;
