import type { TextsLike } from '../../../app/i18n/texts-shape.ts';
import type zh from './zh-CN.ts';

export default {
  title: 'Tenant settings',
  line: 'They apply to everybody in the tenant',
  waiting: 'Reading the settings',
  failed: 'The settings could not be read',
  identity: 'Name',
  name: 'Tenant name',
  name_missing: "Enter the tenant's name",
  workspace: 'Workspace',
  workspace_hint: 'Tells tenants apart at sign-in; it cannot be changed',
  region: 'Region',
  region_line: 'The language of new users, and how money and time are shown',
  locale: 'Default language',
  currency: 'Currency',
  currency_hint: 'Changes new records only; amounts so far are not converted',
  time_zone: 'Time zone',
  saved: 'Saved',
  stale: 'Somebody has just changed these settings. The latest has been read; check it and save again',
  read_only: 'You can see these settings but not change them',
} satisfies TextsLike<typeof zh>;
