import { describe, expect, it } from 'vitest';
import { domainOf, findClaim, readClaims } from './read-claims.ts';

const read = (claims: object, role_claim: string | null = null) => readClaims({ sub: 's', ...claims }, role_claim);

describe('claims', () => {
  it('verify an address by the boolean alone', () => {
    expect(read({ email: 'a@example.com', email_verified: true }).is_verified).toBe(true);
    for (const email_verified of ['true', 1, 'yes', null, undefined, {}]) expect(read({ email: 'a@example.com', email_verified }).is_verified, String(email_verified)).toBe(false);
  });

  it('have an address only where it is one', () => {
    expect(read({ email: ' a@example.com ' }).email).toBe('a@example.com');
    for (const email of ['a@b@c', 'a', '', 7, ['a@example.com'], 'a@example.com\nBcc: b@example.com', `${'a'.repeat(250)}@example.com`]) expect(read({ email }).email, String(email)).toBeNull();
  });

  it('give a name that can be shown, cut and without control characters', () => {
    expect(read({ name: 'Ada Lovelace' }).name).toBe('Ada Lovelace');
    expect(read({ given_name: 'Ada', family_name: 'Lovelace' }).name).toBe('Ada Lovelace');
    expect(read({ name: 'x'.repeat(100) }).name).toHaveLength(80);
    expect(read({ name: 'a\u202eb', email: 'ada@example.com' }).name).toBe('ada');
    expect(read({}).name).toBe('?');
  });

  it('list the values that roles follow: one, many, deep, and nothing that is no value', () => {
    expect(read({ groups: 'admins' }, 'groups').values).toEqual(['admins']);
    expect(read({ groups: ['a', 7, { b: 1 }, null] }, 'groups').values).toEqual(['a', '7']);
    expect(read({ realm_access: { roles: ['a'] } }, 'realm_access.roles').values).toEqual(['a']);
    expect(read({ 'https://example.com/roles': ['a'] }, 'https://example.com/roles').values).toEqual(['a']);
    expect(read({}, 'groups').values).toEqual([]);
    expect(findClaim({ sub: 's' }, '__proto__.toString')).toBeUndefined();
    expect(findClaim({ sub: 's' }, 'constructor')).toBeUndefined();
  });

  it('name the domain behind the last @, in lower case', () => {
    expect(domainOf('"a@evil.example"@Example.COM')).toBe('example.com');
  });
});
