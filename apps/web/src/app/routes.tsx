import { createRootRoute, createRoute, createRouter, lazyRouteComponent, stripSearchParams } from '@tanstack/react-router';
import type { FlatNamespace } from 'i18next';
import { loadTexts } from './i18n/i18n.ts';
import { apiKeysDefaults, auditDefaults, budgetsDefaults, domainsDefaults, modelsDefaults, readDomainsSearch, readModelsSearch, readApiKeysSearch, readAuditSearch, readBudgetsSearch, rolesDefaults, suppliersDefaults, tenantsDefaults, usersDefaults, readChatSearch, readRolesSearch, readSuppliersSearch, readTenantsSearch, readUsersSearch, chatDefaults } from './search.ts';
import { readRequestsSearch, readUsageSearch, requestsDefaults, usageDefaults } from './usage/usage-search.ts';
import { allowed } from './shell/allowed.tsx';
import { MissingPage, FailedPage, WaitingPage } from './shell/route-states.tsx';
import { Shell } from './shell/shell.tsx';

const root = createRootRoute({ component: Shell, notFoundComponent: MissingPage, errorComponent: FailedPage });
const withTexts = (...namespaces: FlatNamespace[]) => ({ loader: () => loadTexts(...namespaces) });

const overview = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: lazyRouteComponent(() => import('../features/overview/page.tsx')),
  ...withTexts('overview', 'usage'),
});
const profile = createRoute({
  getParentRoute: () => root,
  path: '/profile',
  component: lazyRouteComponent(() => import('../features/profile/page.tsx')),
  ...withTexts('profile'),
});
// One route for both addresses: the page stays mounted when a new conversation gets its id.
const chat = createRoute({
  getParentRoute: () => root,
  path: '/chat',
  staticData: { canvas: true },
  validateSearch: readChatSearch,
  search: { middlewares: [stripSearchParams(chatDefaults)] },
  component: allowed('chat.use', lazyRouteComponent(() => import('../features/chat/page.tsx'))),
  ...withTexts('chat'),
});
const conversation = createRoute({ getParentRoute: () => chat, path: '$conversationId' });
const look = createRoute({
  getParentRoute: () => root,
  path: '/looks/$lookId',
  staticData: { canvas: true },
  component: allowed('users.look', lazyRouteComponent(() => import('../features/chat/look/page.tsx'))),
  ...withTexts('chat'),
});
const lookedConversation = createRoute({ getParentRoute: () => look, path: '$conversationId' });
const suppliers = createRoute({
  getParentRoute: () => root,
  path: '/suppliers',
  validateSearch: readSuppliersSearch,
  search: { middlewares: [stripSearchParams(suppliersDefaults)] },
  component: allowed('suppliers.read', lazyRouteComponent(() => import('../features/suppliers/page.tsx'))),
  ...withTexts('suppliers'),
});
const models = createRoute({
  getParentRoute: () => root,
  path: '/models',
  validateSearch: readModelsSearch,
  search: { middlewares: [stripSearchParams(modelsDefaults)] },
  component: allowed('models.read', lazyRouteComponent(() => import('../features/models/page.tsx'))),
  ...withTexts('models', 'access', 'suppliers'),
});
const users = createRoute({
  getParentRoute: () => root,
  path: '/users',
  validateSearch: readUsersSearch,
  search: { middlewares: [stripSearchParams(usersDefaults)] },
  component: allowed('users.read', lazyRouteComponent(() => import('../features/users/page.tsx'))),
  ...withTexts('users', 'access'),
});
const roles = createRoute({
  getParentRoute: () => root,
  path: '/roles',
  validateSearch: readRolesSearch,
  search: { middlewares: [stripSearchParams(rolesDefaults)] },
  component: allowed('roles.read', lazyRouteComponent(() => import('../features/roles/page.tsx'))),
  ...withTexts('roles', 'access'),
});
const apiKeys = createRoute({
  getParentRoute: () => root,
  path: '/api-keys',
  validateSearch: readApiKeysSearch,
  search: { middlewares: [stripSearchParams(apiKeysDefaults)] },
  component: allowed('api_keys.use', lazyRouteComponent(() => import('../features/api-keys/page.tsx')), 'api_keys.manage'),
  ...withTexts('api-keys', 'access'),
});
const budgets = createRoute({
  getParentRoute: () => root,
  path: '/budgets',
  validateSearch: readBudgetsSearch,
  search: { middlewares: [stripSearchParams(budgetsDefaults)] },
  component: allowed('budgets.read', lazyRouteComponent(() => import('../features/budgets/page.tsx'))),
  ...withTexts('budgets', 'access'),
});
const audit = createRoute({
  getParentRoute: () => root,
  path: '/audit',
  validateSearch: readAuditSearch,
  search: { middlewares: [stripSearchParams(auditDefaults)] },
  component: allowed('audit.read', lazyRouteComponent(() => import('../features/audit/page.tsx'))),
  ...withTexts('audit'),
});
const platformAudit = createRoute({
  getParentRoute: () => root,
  path: '/platform-audit',
  validateSearch: readAuditSearch,
  search: { middlewares: [stripSearchParams(auditDefaults)] },
  component: allowed('platform_audit.read', lazyRouteComponent(() => import('../features/audit/platform-page.tsx'))),
  ...withTexts('audit'),
});
const usage = createRoute({
  getParentRoute: () => root,
  path: '/usage',
  validateSearch: readUsageSearch,
  search: { middlewares: [stripSearchParams(usageDefaults)] },
  component: allowed('usage.read', lazyRouteComponent(() => import('../features/usage/page.tsx'))),
  ...withTexts('usage'),
});
const requests = createRoute({
  getParentRoute: () => root,
  path: '/requests',
  validateSearch: readRequestsSearch,
  search: { middlewares: [stripSearchParams(requestsDefaults)] },
  component: allowed('usage.read', lazyRouteComponent(() => import('../features/usage/requests/page.tsx'))),
  ...withTexts('usage'),
});
const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: allowed('settings.read', lazyRouteComponent(() => import('../features/tenant-settings/page.tsx'))),
  ...withTexts('tenant-settings', 'access'),
});
const singleSignOn = createRoute({
  getParentRoute: () => root,
  path: '/single-sign-on',
  component: allowed('sso.manage', lazyRouteComponent(() => import('../features/single-sign-on/page.tsx'))),
  ...withTexts('single-sign-on', 'access'),
});
const signInDomains = createRoute({
  getParentRoute: () => root,
  path: '/sign-in-domains',
  validateSearch: readDomainsSearch,
  search: { middlewares: [stripSearchParams(domainsDefaults)] },
  component: allowed('tenants.read', lazyRouteComponent(() => import('../features/single-sign-on/domains-page.tsx'))),
  ...withTexts('single-sign-on'),
});
const tenants = createRoute({
  getParentRoute: () => root,
  path: '/tenants',
  validateSearch: readTenantsSearch,
  search: { middlewares: [stripSearchParams(tenantsDefaults)] },
  component: allowed('tenants.read', lazyRouteComponent(() => import('../features/tenants/page.tsx'))),
  ...withTexts('tenants'),
});

const routeTree = root.addChildren([overview, profile, chat.addChildren([conversation]), look.addChildren([lookedConversation]), suppliers, models, users, roles, apiKeys, budgets, usage, requests, audit, platformAudit, settings, singleSignOn, signInDomains, tenants]);

/** The router of one person's console. Loaders fetch code and texts alone: no page waits for data before it is drawn. */
export function createConsoleRouter() {
  return createRouter({
    routeTree,
    defaultPreload: 'intent',
    defaultPendingComponent: WaitingPage,
    defaultErrorComponent: FailedPage,
    defaultNotFoundComponent: MissingPage,
    defaultPendingMs: 150,
    defaultPendingMinMs: 300,
    scrollRestoration: false,
  });
}

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    /** The page fills the frame and scrolls in its own parts. */
    canvas?: boolean;
  }
  interface Register {
    router: ReturnType<typeof createConsoleRouter>;
  }
}
