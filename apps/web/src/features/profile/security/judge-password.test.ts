import { expect, it } from 'vitest';
import { judgePassword } from './judge-password.ts';

const me = { email: 'lin.yuan@example.com', name: '林远', tenant: { name: 'Cloud Ltd.' }, second_factor: { enrolled: false, demanded: false, withheld: 'nothing' as const } };

it.each([
  ['short', 'too_short'],
  ['😀'.repeat(14), 'too_short'],
  ['the old sentence of mine', 'same'],
  ['a lyss of quiet lakes', 'contains_name'],
  ['LinYuan-and-the-lakes', 'contains_name'],
  ['cloud-ltd-and-the-lakes', 'contains_name'],
  ['林远在湖边走了很久很久很久很久', 'contains_name'],
  ['quiet lakes run deep 7', null],
])('%s', (password, issue) => {
  expect(judgePassword(password, 'the old sentence of mine', me)).toBe(issue);
});

it('asks for less of whoever has a second factor besides', () => {
  const enrolled = { ...me, second_factor: { ...me.second_factor, enrolled: true } };
  expect(['seven 7', 'eight 88'].map((password) => judgePassword(password, '', enrolled))).toEqual(['too_short', null]);
});
