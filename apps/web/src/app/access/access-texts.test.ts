import { describe, expect, it } from 'vitest';
import { permissions, systemRoles } from '@lyss/api-types/permission';
import { groupByNoun, keyOf, nounOf } from './permission-key.ts';
import en from './texts/en-US.ts';
import zh from './texts/zh-CN.ts';

const languages: [string, Record<'name' | 'line' | 'noun' | 'role' | 'role_line', Record<string, string>>][] = [['zh-CN', zh], ['en-US', en]];

describe.each(languages)('every permission of the registry, in %s', (_language, texts) => {
  it('has a name of its own, a sentence, and a noun to stand under', () => {
    const lacking = permissions.filter((permission) => !texts.name[keyOf(permission)] || !texts.line[keyOf(permission)] || !texts.noun[nounOf(permission)]);
    expect(lacking).toEqual([]);
    expect(new Set(permissions.map((permission) => texts.name[keyOf(permission)])).size).toBe(permissions.length);
    expect(permissions.filter((permission) => !/[.。]$/.test(texts.line[keyOf(permission)] ?? ''))).toEqual([]);
  });
  it('is the only one that has words', () => {
    expect(Object.keys(texts.name).toSorted()).toEqual(permissions.map(keyOf).toSorted());
    expect(Object.keys(texts.noun).toSorted()).toEqual([...new Set(permissions.map(nounOf))].toSorted());
  });
  it('is held by roles that have a name and a line', () => {
    expect(systemRoles.filter((role) => !texts.role[role] || !texts.role_line[role])).toEqual([]);
  });
});

it('stands under its noun once', () => {
  const groups = groupByNoun(permissions);
  expect(groups.flatMap((group) => group.permissions).toSorted()).toEqual([...permissions].toSorted());
  expect(new Set(groups.map(({ noun }) => noun)).size).toBe(groups.length);
});
