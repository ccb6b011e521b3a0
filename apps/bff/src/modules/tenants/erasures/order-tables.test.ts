import { expect, it } from 'vitest';
import { orderTables } from './order-tables.ts';

it('puts the keys first, and each table before what it points to', () => {
  const tables = [
    { name: 'conversations', points_to: ['users'] },
    { name: 'data_keys', points_to: [] },
    { name: 'messages', points_to: ['conversations'] },
    { name: 'users', points_to: [] },
  ];
  expect(orderTables(tables)).toEqual(['data_keys', 'messages', 'conversations', 'users']);
});

it('says which tables point round in a circle', () => {
  expect(() => orderTables([{ name: 'a', points_to: ['b'] }, { name: 'b', points_to: ['a'] }])).toThrow('circle: a, b');
});
