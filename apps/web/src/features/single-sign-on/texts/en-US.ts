import type { TextsLike } from '../../../app/i18n/texts-shape.ts';
import type zh from './zh-CN.ts';

export default {
  title: 'Single sign-on',
  line: 'Let the tenant’s people sign in through your own identity provider (OpenID Connect)',
  waiting: 'Reading the settings',
  failed: 'The single sign-on settings could not be read',
  provider: { title: 'Identity provider', line: 'Register Lyss’s redirect address there, then enter here what it gives you', redirect: 'Redirect address', issuer: 'Issuer', issuer_hint: 'Exactly as its discovery document names it, such as https://login.example.com', client_id: 'Client ID', secret: 'Client secret', secret_kept: 'Saved: {{hint}}. Leave it empty to keep it', show: 'Show', hide: 'Hide', scopes: 'More scopes', scopes_hint: 'Separated by spaces; openid and email are always asked for' },
  domains: { title: 'E-mail domains', line: 'By these the sign-in page finds you. One counts once the operator has made sure that it is yours', label: 'Domains', hint: 'Separated by spaces or commas, such as example.com', state: { pending: 'waits for the operator', approved: 'approved', refused: 'refused' } },
  roles: { title: 'Roles', line: 'A role that a rule names is given or taken at each sign-in; others stay as they are', claim: 'Claim', claim_hint: 'Such as groups; empty: no roles by a claim', value: 'Value of the claim', role: 'Role', add: 'Add a rule', remove: 'Remove the rule', fallback: 'Default role', nobody: 'Refuse whoever has no role', creates: 'Add people when they first sign in' },
  access: { title: 'Switches and test', line: 'Test first: you see the claims and the roles they would give, and nobody is signed in', enabled: 'Single sign-on is on', only: 'Single sign-on only: close passwords, reset links and the token route', only_hint: 'Takes a test of these settings in which you sign in as yourself. Operators always keep their password, and can open passwords again. Sessions go on.', test: 'Test the sign-in', tested: 'You have tested these settings', people_one: '{{count}} person has signed in through it', people_other: '{{count}} people have signed in through it' },
  saved: 'Saved',
  remove: { open: 'Remove the connection', title: 'Remove the identity provider', text: 'Its secret, domains and who is who there are deleted. Passwords open again; sessions go on.', confirm: 'Remove', cancel: 'Cancel' },
  test: { title: 'Result of the test', refused: 'Would be refused: {{message}}', fresh: 'Would add {{name}} ({{email}})', known: 'Would sign in {{name}} ({{email}})', roles: 'Roles: {{roles}}', claims: 'What the identity provider says (shown this once)', name: 'Claim', value: 'Value' },
  callback: { title: 'Signing you in', line: 'Checking with your organization…', failed: 'You are not signed in', back: 'Back to sign-in' },
  operator: { title: 'Sign-in domains', line: 'E-mail domains that tenants ask for. Before you approve one, make sure that it is that tenant’s', empty: 'No tenant has asked for a domain yet', domain: 'Domain', tenant: 'Tenant', state: 'State', actions: 'Actions', approve: 'Approve {{domain}}', refuse: 'Refuse {{domain}}', passwords: 'Open passwords for {{name}}', failed: 'The domains could not be read' },
} satisfies TextsLike<typeof zh>;
