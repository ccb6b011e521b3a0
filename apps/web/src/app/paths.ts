import type { Permission } from '@lyss/api-types/permission';
import type { AuditSearch } from './search.ts';

export const visitorPaths = { sign_in: '/sign-in', set_up: '/set-up', invitation: '/invitation/', forgotten_password: '/forgotten-password', password_reset: '/password-reset/', sso_callback: '/sso/callback/' } as const;

/** A place to go after sign-in: a path of this console or nothing. `//host` and `/\host` would leave it. */
export function readNext(search: string): string {
  const next = new URLSearchParams(search).get('next') ?? '';
  return /^\/(?![/\\])/.test(next) && !next.startsWith(visitorPaths.sign_in) && !/[\t\n\r]/.test(next) ? next : '/';
}

/** The sign-in page that leads back to where somebody was. */
export function signInPath(from: string): string {
  return from === '/' || from.startsWith(visitorPaths.sign_in) ? visitorPaths.sign_in : `${visitorPaths.sign_in}?next=${encodeURIComponent(from)}`;
}

/** Whether a path belongs to somebody who need not be signed in. */
export function isVisitorPath(path: string): boolean {
  const { sign_in, set_up, forgotten_password, invitation, password_reset, sso_callback } = visitorPaths;
  return [sign_in, set_up, forgotten_password].some((own) => own === path) || path.startsWith(invitation) || path.startsWith(password_reset) || path.startsWith(sso_callback);
}

/** Where my second factors stand on the page of my settings. */
export const SECOND_FACTOR = 'second-factor';

/** Typed targets for `Link` and `navigate`, for parts that name a place more than once. */
export const paths = {
  overview: () => ({ to: '/' }) as const,
  chat: () => ({ to: '/chat' }) as const,
  conversation: (conversationId: string) => ({ to: '/chat/$conversationId', params: { conversationId } }) as const,
  look: (lookId: string) => ({ to: '/looks/$lookId', params: { lookId } }) as const,
  lookedConversation: (lookId: string, conversationId: string) => ({ to: '/looks/$lookId/$conversationId', params: { lookId, conversationId } }) as const,
  suppliers: () => ({ to: '/suppliers' }) as const,
  addSupplier: () => ({ to: '/suppliers', search: { peek: 'new' } }) as const,
  users: () => ({ to: '/users' }) as const,
  addUser: () => ({ to: '/users', search: { peek: 'new' } }) as const,
  /** Who holds a role, or has a permission by whichever role. */
  holders: (of: { role: string } | { permission: Permission }) => ({ to: '/users', search: of }) as const,
  /** Who of the people who can sign in has no second factor. */
  withoutSecondFactor: () => ({ to: '/users', search: { second_factor: 'none', status: 'active' } }) as const,
  /** What stands in the tenant's trail about something, or by somebody. */
  trail: (of: Partial<AuditSearch>) => ({ to: '/audit', search: of }) as const,
  platformTrail: (of: Partial<AuditSearch>) => ({ to: '/platform-audit', search: of }) as const,
  oneBudget: (peek: string) => ({ to: '/budgets', search: { peek } }) as const,
  tenants: () => ({ to: '/tenants' }) as const,
  addTenant: () => ({ to: '/tenants', search: { peek: 'new' } }) as const,
  settings: () => ({ to: '/settings' }) as const,
  singleSignOn: () => ({ to: '/single-sign-on' }) as const,
  profile: () => ({ to: '/profile' }) as const,
  secondFactor: () => ({ to: '/profile', hash: SECOND_FACTOR }) as const,
};
