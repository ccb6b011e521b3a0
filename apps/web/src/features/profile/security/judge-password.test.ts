import { expect, it } from 'vitest';
import { judgePassword } from './judge-password.ts';

const me = { email: 'lin.yuan@example.com', name: '林远', tenant: { name: 'Cloud Ltd.' }, shortest_password: 15 };

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

it.each([8, 20])('asks for as many as the server says: %i', (shortest_password) => {
  const long = 'quiet lakes run deep 7'.slice(0, shortest_password);
  expect([long.slice(1), long].map((password) => judgePassword(password, '', { ...me, shortest_password }))).toEqual(['too_short', null]);
});
