import type { Me } from '@lyss/api-types';

export type PasswordIssue = 'too_short' | 'same' | 'contains_name';

const MIN_NAME = 4;
const MIN_HAN_NAME = 2;
const squash = (text: string) => text.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** What is certainly wrong with a new password, as one types; the server judges it again, with its block list. */
export function judgePassword(password: string, current: string, me: Pick<Me, 'email' | 'name' | 'shortest_password'> & { tenant: Pick<Me['tenant'], 'name'> }): PasswordIssue | null {
  if ([...password].length < me.shortest_password) return 'too_short';
  if (password === current) return 'same';
  const names = ['lyss', me.email.split('@')[0] ?? '', me.name, me.tenant.name].map(squash);
  const told = names.filter((name) => name.length >= (/\p{Script=Han}/u.test(name) ? MIN_HAN_NAME : MIN_NAME));
  return told.some((name) => squash(password).includes(name)) ? 'contains_name' : null;
}
