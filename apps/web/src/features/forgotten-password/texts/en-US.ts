import type { TextsLike } from '../../../app/i18n/texts-shape.ts';
import type zh from './zh-CN.ts';

export default {
  ask: {
    title: 'Forgot your password?',
    line: 'Enter the e-mail address you sign in with, and we send a link that chooses a new password',
    workspace_hint: 'Where your address belongs to several tenants: only this one gets a letter',
    submit: 'Send the link',
  },
  sent: {
    title: 'Look at your mail',
    line: 'If {{email}} has an account, a letter arrives within minutes. Its link works once, within 15 minutes.',
    hint: 'Nothing there? Look among the spam, check the address, or ask a tenant admin for a one-time link.',
    again: 'Use another address',
  },
  by_hand: { title: 'No mail is sent here', line: 'Ask a tenant admin for a one-time link that chooses a new password; they make one on the Users page.' },
  choose: {
    title: 'Choose a new password',
    line: 'Every device then has to sign in again',
    reading: 'Reading the link',
    email: 'E-mail',
    password: 'New password',
    too_short_one: 'A password needs at least {{count}} character',
    too_short_other: 'A password needs at least {{count}} characters',
    submit: 'Save the new password',
  },
  done: { title: 'The new password is saved', line: 'Sign in with it' },
  closed: { title: 'This link no longer works', line: 'A link works once, within 15 minutes. A change of password or roles ends it too.', action: 'Send another' },
  sign_in: 'Go to sign-in',
} satisfies TextsLike<typeof zh>;
