import type { TextsLike } from '../../../app/i18n/texts-shape.ts';
import type zh from './zh-CN.ts';

export default {
  title: 'Sign in to Lyss',
  ended: 'You were signed out. Sign in again to go on.',
  line: 'Use the e-mail address a tenant admin invited',
  email: { label: 'E-mail', missing: 'Enter your e-mail address', malformed: 'This does not look like an e-mail address' },
  password: { label: 'Password', missing: 'Enter your password' },
  submit: 'Sign in',
  try_again_at: '{{message}} (you can try again at {{time}})',
  refused: { tenant_suspended: 'This tenant is suspended. Please ask the operator', user_disabled: 'Your account is disabled. Please ask a tenant admin' },
  workspace: {
    label: 'Workspace (optional)',
    hint: 'If address and password are right, enter your workspace; a tenant admin knows it.',
    malformed: 'A workspace has 3–32 lower-case letters, digits or hyphens',
    title: 'Choose a workspace',
    line: 'This address belongs to several tenants',
    back: 'Use another account',
  },
  set_up_needed: 'This platform has not been set up yet. Open the set-up link that its last start printed in the terminal.',
} satisfies TextsLike<typeof zh>;
