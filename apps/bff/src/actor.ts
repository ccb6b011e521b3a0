import type { Me, Permission, SystemRole } from '@lyss/api-types';

/** The API key that a request came with. */
export interface ActorKey {
  id: string;
  /** The names that it may call; null for all. */
  models: readonly string[] | null;
  /** What of it an open stream was allowed by, besides permissions: another text ends the stream. */
  limits: string;
}

/** Who calls: a person of exactly one tenant, through one session or one API key. Read per request, never from the token. */
export interface Actor {
  user_id: string;
  tenant_id: string;
  /** Of a request with an API key the id of that key's secret, which names no session. */
  session_id: string;
  email: string;
  name: string;
  roles: readonly SystemRole[];
  /** With an API key, those alone that are in its scopes. */
  permissions: ReadonlySet<Permission>;
  has_second_factor: boolean;
  /** What waits until a second factor is set up. */
  withheld: Me['second_factor']['withheld'];
  api_key?: ActorKey;
}

/** What an open stream rests on: it ends when this is no longer so. */
export function describeStanding(permissions: Iterable<Permission>, limits = ''): string {
  return `${[...permissions].join()} ${limits}`;
}

/** What of the request follows the work into logs, audit and supplier calls. */
export interface Caller {
  request_id: string;
  /** The peer's address as the operator trusts it, for audit and throttles. */
  address: string;
  user_agent: string;
  locale: 'zh-CN' | 'en-US';
}
