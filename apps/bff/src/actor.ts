import type { Permission, SystemRole } from '@lyss/api-types';

/** Who calls: a person of exactly one tenant, through one session. Read per request, never from the token. */
export interface Actor {
  user_id: string;
  tenant_id: string;
  session_id: string;
  email: string;
  name: string;
  roles: readonly SystemRole[];
  permissions: ReadonlySet<Permission>;
}

/** What of the request follows the work into logs, audit and supplier calls. */
export interface Caller {
  request_id: string;
  /** The peer's address as the operator trusts it, for audit and throttles. */
  address: string;
  user_agent: string;
  locale: 'zh-CN' | 'en-US';
}
