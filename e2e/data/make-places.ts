import type { APIRequest } from '@playwright/test';
import type { Locale } from '@lyss/api-types';
import { Api } from '../api.ts';
import { addPerson } from './found-tenant.ts';
import { newKey, newPerson, type TestTenant } from './people.ts';
import type { Place, Visitor } from './places.ts';

export interface PlaceGround {
  tenant: TestTenant;
  /** The tenant's admin. */
  admin: Api;
  operator: Api;
  requests: APIRequest;
  url: string;
  supplier_url: string;
  locale: Locale;
  findLetterLink: (address: string, link: RegExp) => Promise<string>;
}

/** The address of one of the console's routes; places.test.ts reads here which of them are made. */
const fillPath = (route: string, ...values: string[]) => values.reduce((path, value) => path.replace(/\$\w+/, value), route);
const called = (name: string) => ({ 'en-US': new RegExp(name), 'zh-CN': new RegExp(name) });
const both = (en: string, zh: string) => ({ 'en-US': new RegExp(`^${en}$`), 'zh-CN': new RegExp(`^${zh}$`) });

/** Saves a credential of the tests' own supplier. */
export async function saveSupplier(admin: Api, supplier_url: string, provider: 'openai' | 'anthropic' | 'google'): Promise<{ id: string; key: string; name: string }> {
  const saved = { key: newKey(), name: `E2E ${provider}` };
  const { id } = await admin.call('suppliers.create', { body: { provider, name: saved.name, base_url: `${supplier_url}/${provider}/v1`, api_key: saved.key } });
  return { id, ...saved };
}

/** Every place of theirs that must be made first: a conversation, links that nobody has used, rows that are open, and what is asked about them. */
export async function makePlaces(by: Visitor, ground: PlaceGround): Promise<Place[]> {
  if (by === 'visitor') return makeLinks(ground);
  if (by === 'operator') return makeOperatorPlaces(ground);
  return by === 'governor' ? [...(await makeAdminPlaces(ground)), ...(await makePersonPlaces(ground))] : [];
}

async function makeLinks({ admin, tenant, requests, url, locale, findLetterLink }: PlaceGround): Promise<Place[]> {
  const { name, email } = newPerson('Mia Member');
  const { invitation } = await admin.call('users.create', { body: { name, email } });
  const person = await addPerson(admin, requests, url, ['end_user'], locale);
  await new Api(person.request, url).call('passwords.askReset', { body: { email: person.email } });
  await person.request.dispose();
  const reset = await findLetterLink(person.email, /\/password-reset\//);
  const title = { 'en-US': new RegExp(`Join ${tenant.name}`), 'zh-CN': new RegExp(`加入 ${tenant.name}`) };
  return [
    { name: 'invitation', path: new URL(invitation.url).pathname, by: 'visitor', title },
    { name: 'password-reset', path: new URL(reset).pathname, by: 'visitor', title: both('Choose a new password', '设置新密码') },
  ];
}

async function makeOperatorPlaces({ operator, tenant }: PlaceGround): Promise<Place[]> {
  const peek = { path: `/tenants?peek=${tenant.id}`, by: 'operator', title: called(tenant.name) } as const;
  const [made] = (await operator.call('audit.listPlatform', { query: { action: 'tenants.created' } })).items;
  return [
    { name: 'tenant-peek', ...peek, role: 'dialog' },
    { name: 'tenant-limits', ...peek, press: both('Limits', '限额'), role: 'dialog', title: both('Plan limits of .*', '.* 的套餐限额') },
    { name: 'tenant-suspend', ...peek, press: both('Suspend', '暂停'), role: 'alertdialog' },
    { name: 'tenant-delete', ...peek, press: both('Delete', '删除'), role: 'alertdialog' },
    { name: 'platform-audit-peek', path: `/platform-audit?peek=${made?.id}`, by: 'operator', role: 'dialog', title: both('Tenant created', '新建租户') },
  ];
}

async function makeAdminPlaces({ admin, supplier_url }: PlaceGround): Promise<Place[]> {
  const by = 'governor';
  const supplier = await saveSupplier(admin, supplier_url, 'openai');
  const role = await admin.call('roles.create', { body: { name: 'Lyss', permissions: ['users.read', 'audit.read'] } });
  await admin.call('tenants.updateOwn', { body: { currency: 'EUR' } });
  const [changed] = (await admin.call('audit.list', { query: { action: 'tenants.settings_changed' } })).items;
  const { id } = await admin.call('chat.createConversation', { body: { title: 'Lyss 2026', model: 'paper' } });
  await admin.ask(id, 'Lyss?', 'paper');
  const key = await admin.call('apiKeys.create', { body: { name: 'Lyss CI', scopes: ['users.read', 'audit.read', 'chat.use'], models: ['paper'], allowed_networks: ['203.0.113.0/24', '2001:db8::/32'] } });
  return [
    { name: 'conversation', path: fillPath('/chat/$conversationId', id), by, title: called('Lyss 2026') },
    { name: 'supplier-peek', path: `/suppliers?peek=${supplier.id}`, by, role: 'dialog', title: called(supplier.name) },
    { name: 'api-key-peek', path: `/api-keys?peek=${key.id}`, by, role: 'dialog', title: called('Lyss CI') },
    { name: 'api-key-revoke', path: `/api-keys?peek=${key.id}`, by, press: both('Revoke', '吊销'), role: 'alertdialog', title: called('Lyss CI') },
    { name: 'role-remove', path: `/roles?peek=${role.id}`, by, press: both('Delete', '删除'), role: 'alertdialog', title: called('Lyss') },
    { name: 'audit-peek', path: `/audit?peek=${changed?.id}`, by, role: 'dialog', title: both('Tenant’s settings changed', '修改租户设置') },
  ];
}

async function makePersonPlaces({ admin, requests, url, locale }: PlaceGround): Promise<Place[]> {
  const person = await addPerson(admin, requests, url, ['end_user'], locale);
  const { id } = await new Api(person.request, url).call('chat.createConversation', { body: { title: 'Lyss', model: 'paper' } });
  await person.request.dispose();
  const look = await admin.call('looks.start', { params: { id: person.id }, body: { reason: 'Lyss: 2026-11-23' } });
  const peek = { path: `/users?peek=${person.id}`, by: 'governor', title: called(person.name) } as const;
  return [
    { name: 'user-peek', ...peek, role: 'dialog' },
    { name: 'user-edit', ...peek, press: both('Edit', '编辑'), role: 'dialog', title: both('Edit .*', '编辑.*') },
    { name: 'user-disable', ...peek, press: both('Disable', '停用'), role: 'alertdialog' },
    { name: 'user-link', ...peek, press: both('New one-time link', '新的一次性链接'), role: 'alertdialog' },
    { name: 'user-look', ...peek, press: both('Look into data', '查看数据'), role: 'dialog', title: both('Look into .*', '查看 .* 的数据？') },
    { name: 'look', path: fillPath('/looks/$lookId', look.id), by: 'governor', title: called(person.name) },
    { name: 'look-conversation', path: fillPath('/looks/$lookId/$conversationId', look.id, id), by: 'governor', title: called(person.name) },
  ];
}
