import type { Locale } from '@lyss/api-types';

/**
 * Who opens a page: nobody signed in, a tenant's admin, the same one at rows that are there and what is asked about them
 * (`governor`: what one admin opens takes a sweep too long), the platform's operator; an operator who has no second factor yet
 * (`newcomer`), and a person whose tenant demands one that they have not set up (`held`).
 */
export type Visitor = 'visitor' | 'admin' | 'governor' | 'operator' | 'newcomer' | 'held';

export interface Place {
  name: string;
  path: string;
  by: Visitor;
  /** What says that the page is there: a heading, or the name of the panel that the address opens. */
  title: Record<Locale, RegExp>;
  /** Where it isn't a heading. */
  role?: 'dialog' | 'alertdialog';
  /** Of what the address opens, the button that leads on to it. */
  press?: Record<Locale, RegExp>;
}

/** What the browser reports of links that no longer work, and of a return from a provider that nobody was sent to. */
export const closedLinks = /status of 4\d\d.*(invitations|password-reset|single-sign-on\/finish)/;

/** Every page that stands by itself, and every panel that an address opens. */
export const places: readonly Place[] = [
  { name: 'sign-in', path: '/sign-in', by: 'visitor', title: { 'en-US': /^Sign in to Lyss$/, 'zh-CN': /^登录 Lyss$/ } },
  { name: 'set-up-closed', path: '/set-up', by: 'visitor', title: { 'en-US': /set up already/, 'zh-CN': /平台已经设置好了/ } },
  { name: 'invitation-closed', path: `/invitation/${'x'.repeat(43)}`, by: 'visitor', title: { 'en-US': /no longer works/, 'zh-CN': /不能用了/ } },
  { name: 'forgotten-password', path: '/forgotten-password', by: 'visitor', title: { 'en-US': /^Forgot your password\?$/, 'zh-CN': /^忘记密码$/ } },
  { name: 'password-reset-closed', path: `/password-reset/${'x'.repeat(43)}`, by: 'visitor', title: { 'en-US': /no longer works/, 'zh-CN': /不能用了/ } },
  { name: 'sso-callback-refused', path: '/sso/callback/nowhere', by: 'visitor', title: { 'en-US': /^You are not signed in$/, 'zh-CN': /^登录没有完成$/ } },
  { name: 'overview', path: '/', by: 'admin', title: { 'en-US': /Ada Admin/, 'zh-CN': /Lin Chen/ } },
  { name: 'chat-new', path: '/chat', by: 'admin', title: { 'en-US': /What would you like to get done\?/, 'zh-CN': /今天想完成什么？/ } },
  { name: 'suppliers', path: '/suppliers', by: 'admin', title: { 'en-US': /^Suppliers$/, 'zh-CN': /^供应商$/ } },
  { name: 'supplier-new', path: '/suppliers?peek=new', by: 'admin', role: 'dialog', title: { 'en-US': /^Choose a supplier$/, 'zh-CN': /^选择供应商$/ } },
  { name: 'models', path: '/models', by: 'admin', title: { 'en-US': /^Models$/, 'zh-CN': /^模型$/ } },
  { name: 'users', path: '/users', by: 'admin', title: { 'en-US': /^Users$/, 'zh-CN': /^用户$/ } },
  { name: 'user-new', path: '/users?peek=new', by: 'admin', role: 'dialog', title: { 'en-US': /^Add user$/, 'zh-CN': /^添加用户$/ } },
  { name: 'users-invite', path: '/users?peek=invite', by: 'admin', role: 'dialog', title: { 'en-US': /^Invite several people$/, 'zh-CN': /^批量邀请$/ } },
  { name: 'api-keys', path: '/api-keys', by: 'admin', title: { 'en-US': /^API keys$/, 'zh-CN': /^API 密钥$/ } },
  { name: 'api-keys-all', path: '/api-keys?tab=all', by: 'admin', title: { 'en-US': /^API keys$/, 'zh-CN': /^API 密钥$/ } },
  { name: 'api-key-new', path: '/api-keys?peek=new', by: 'admin', role: 'dialog', title: { 'en-US': /^Make an API key$/, 'zh-CN': /^创建 API 密钥$/ } },
  { name: 'roles', path: '/roles', by: 'admin', title: { 'en-US': /^Roles$/, 'zh-CN': /^角色$/ } },
  { name: 'role-new', path: '/roles?peek=new', by: 'admin', role: 'dialog', title: { 'en-US': /^New role$/, 'zh-CN': /^新建角色$/ } },
  { name: 'role-peek', path: '/roles?peek=tenant_admin', by: 'admin', role: 'dialog', title: { 'en-US': /^Tenant admin$/, 'zh-CN': /^租户管理员$/ } },
  { name: 'role-matrix', path: '/roles?tab=matrix', by: 'admin', title: { 'en-US': /^Roles$/, 'zh-CN': /^角色$/ } },
  { name: 'budgets', path: '/budgets', by: 'admin', title: { 'en-US': /^Budgets$/, 'zh-CN': /^预算$/ } },
  { name: 'budget-new', path: '/budgets?peek=new', by: 'admin', role: 'dialog', title: { 'en-US': /^New budget$/, 'zh-CN': /^新建预算$/ } },
  { name: 'usage', path: '/usage', by: 'admin', title: { 'en-US': /^Usage$/, 'zh-CN': /^用量$/ } },
  { name: 'requests', path: '/requests', by: 'admin', title: { 'en-US': /^Requests$/, 'zh-CN': /^请求$/ } },
  { name: 'audit', path: '/audit', by: 'admin', title: { 'en-US': /^Audit$/, 'zh-CN': /^审计$/ } },
  { name: 'audit-check', path: '/audit?tab=check', by: 'admin', title: { 'en-US': /^Verify the chain$/, 'zh-CN': /^校验封存链$/ } },
  { name: 'audit-files', path: '/audit?tab=files', by: 'admin', title: { 'en-US': /^Export to a file$/, 'zh-CN': /^导出为文件$/ } },
  { name: 'settings', path: '/settings', by: 'admin', title: { 'en-US': /^Tenant settings$/, 'zh-CN': /^租户设置$/ } },
  { name: 'single-sign-on', path: '/single-sign-on', by: 'admin', title: { 'en-US': /^Single sign-on$/, 'zh-CN': /^单点登录$/ } },
  { name: 'profile', path: '/profile', by: 'admin', title: { 'en-US': /^My settings$/, 'zh-CN': /^个人设置$/ } },
  { name: 'profile-second-factor', path: '/profile#second-factor', by: 'admin', title: { 'en-US': /^Second factor$/, 'zh-CN': /^两步验证$/ } },
  { name: 'denied', path: '/tenants', by: 'admin', title: { 'en-US': /^You may not open this page$/, 'zh-CN': /^你没有打开这一页的权限$/ } },
  { name: 'missing', path: '/nowhere', by: 'admin', title: { 'en-US': /There is no such page/, 'zh-CN': /没有这一页/ } },
  { name: 'tenants', path: '/tenants', by: 'operator', title: { 'en-US': /^Tenants$/, 'zh-CN': /^租户$/ } },
  { name: 'sign-in-domains', path: '/sign-in-domains', by: 'operator', title: { 'en-US': /^Sign-in domains$/, 'zh-CN': /^登录域名$/ } },
  { name: 'platform-audit', path: '/platform-audit', by: 'operator', title: { 'en-US': /^Platform audit$/, 'zh-CN': /^平台审计$/ } },
  { name: 'platform-audit-check', path: '/platform-audit?tab=check', by: 'operator', title: { 'en-US': /^Verify the chain$/, 'zh-CN': /^校验封存链$/ } },
  { name: 'tenant-new', path: '/tenants?peek=new', by: 'operator', role: 'dialog', title: { 'en-US': /^New tenant$/, 'zh-CN': /^新建租户$/ } },
  { name: 'locked', path: '/tenants', by: 'newcomer', title: { 'en-US': /^Set up a second factor to open this page$/, 'zh-CN': /^设置两步验证后才能打开这一页$/ } },
  { name: 'enrol-first', path: '/chat', by: 'held', title: { 'en-US': /^Set up a second factor first$/, 'zh-CN': /^请先设置两步验证$/ } },
];

export const visitors: readonly Visitor[] = ['visitor', 'admin', 'governor', 'operator', 'newcomer', 'held'];
export const locales: readonly Locale[] = ['en-US', 'zh-CN'];
