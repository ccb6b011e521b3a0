import { expect, it } from 'vitest';
import { readDraft, startDraft } from './draft.ts';

it('reads lists however they were separated, in lower case where case means nothing, each once', () => {
  const draft = { ...startDraft(null), domains: 'Example.com, example.org；example.com\nexample.net', scopes: ' profile  groups ' };
  expect(readDraft({ ...draft, domains: draft.domains.replace('；', ',') })).toMatchObject({ domains: ['example.com', 'example.org', 'example.net'], scopes: ['profile', 'groups'] });
});

it('sends nothing for what was left empty, and no rule without a value', () => {
  const draft = { ...startDraft(null), role_claim: ' ', default_role: '', role_rules: [{ value: ' ', role: 'end_user' }, { value: ' staff ', role: 'end_user' }] };
  expect(readDraft(draft)).toMatchObject({ role_claim: null, default_role: null, role_rules: [{ value: 'staff', role: 'end_user' }] });
});
