import type { TextsLike } from '../../../app/i18n/texts-shape.ts';
import type zh from './zh-CN.ts';

export default {
  title: 'My settings',
  line: 'Your name, and how the console looks to you',
  account: 'Account',
  email: 'E-mail',
  email_hint: 'A tenant admin can change it',
  name: 'Name',
  name_missing: 'Enter your name',
  saved: 'Saved',
  stale: 'This was changed elsewhere. The latest has been read; please save again',
  look: 'Display',
  at_once: 'Choices apply at once',
  time_zone: 'Time zone',
  tenant_zone: 'As the tenant ({{zone}})',
  roles: 'Roles',
  role_names: { super_admin: 'Operator', tenant_admin: 'Tenant admin', end_user: 'Member' },
} satisfies TextsLike<typeof zh>;
