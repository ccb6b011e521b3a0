import type { TextsLike } from '../../../app/i18n/texts-shape.ts';
import type zh from './zh-CN.ts';

export default {
  page_title: 'Choose a password',
  reading: 'Reading the link',
  email: 'E-mail',
  name: 'Name',
  password: 'Choose a password',
  too_short_one: 'A password needs at least {{count}} character',
  too_short_other: 'A password needs at least {{count}} characters',
  submit: 'Save password and sign in',
  welcome: { title: 'Join {{tenant}}', line: 'Choose a password for your account; you will sign in with it' },
  saved: { title: 'Your password is saved', line: 'There is nothing to do again. Open {{address}} in a browser that keeps the sign-in, and sign in with your e-mail and this password.' },
  closed: { title: 'This link no longer works', line: 'A link works once and for a limited time. Ask a tenant admin for a new one.', action: 'Go to sign-in' },
} satisfies TextsLike<typeof zh>;
