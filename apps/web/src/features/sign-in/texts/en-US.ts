import type { TextsLike } from '../../../app/i18n/texts-shape.ts';
import type zh from './zh-CN.ts';

export default {
  title: 'Sign in to Lyss',
  ended: 'You were signed out. Sign in again to go on.',
  ended_by: {
    session_ended: 'You were signed out on this device. Sign in again to go on.',
    password_changed: 'You were signed out because the password was changed. Sign in with the new one.',
    password_reset: 'You were signed out because a tenant admin reset your password. Choose a new one with the link they give you.',
    user_disabled: 'You were signed out because your account was disabled. Please ask a tenant admin.',
    tenant_suspended: 'You were signed out because this tenant is suspended. Please ask the operator.',
    refresh_reused: 'You were signed out to be safe: an old token of yours was used again. If that was not you, change your password.',
    second_factors_changed: 'You were signed out because a second factor was set up for your account. Sign in again to go on.',
    second_factors_reset: 'You were signed out because a tenant admin reset your second factors. Sign in again.',
  },
  line: 'Use the e-mail address a tenant admin invited',
  password: { label: 'Password', missing: 'Enter your password' },
  submit: 'Sign in',
  or: 'or',
  refused: { tenant_suspended: 'This tenant is suspended. Please ask the operator', user_disabled: 'Your account is disabled. Please ask a tenant admin' },
  workspace: {
    hint: 'If address and password are right, enter your workspace; a tenant admin knows it.',
    title: 'Choose a workspace',
    line: 'This address belongs to several tenants',
    back: 'Use another account',
  },
  forgotten: { ask: 'Forgot your password?', by_hand: 'Forgot your password? Ask a tenant admin for a one-time link.' },
  organisation: { go: 'Continue with {{name}}', only: 'This organization signs in this way only; passwords are closed.' },
  set_up_needed: 'This platform has not been set up yet. Open the set-up link that its last start printed in the terminal.',
} satisfies TextsLike<typeof zh>;
