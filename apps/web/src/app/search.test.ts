import { describe, expect, it } from 'vitest';
import { readSuppliersSearch, readTenantsSearch, readUsersSearch, suppliersDefaults, usersDefaults } from './search.ts';

// What an address really brings: anything.
const typed = (raw: object) => raw as never;

describe('reading a list’s address', () => {
  it('fills in what is not there', () => {
    expect(readUsersSearch(typed({}))).toEqual(usersDefaults);
    expect(readSuppliersSearch(typed({}))).toEqual(suppliersDefaults);
  });
  it('keeps what the contract knows', () => {
    expect(readUsersSearch(typed({ status: 'invited', role: 'end_user', sort_by: 'name', sort_order: 'asc', peek: 'new', search: 'lin' }))).toMatchObject({ status: 'invited', role: 'end_user', sort_by: 'name', sort_order: 'asc', peek: 'new', search: 'lin' });
    expect(readSuppliersSearch(typed({ enabled: false, provider: 'qwen' }))).toMatchObject({ enabled: 'false', provider: 'qwen' });
  });
  it('drops what it does not know', () => {
    expect(readTenantsSearch(typed({ state: 'gone', sort_by: 'password', sort_order: {}, search: ['x'], extra: 1 }))).toEqual({ search: '', cursor: '', sort_order: 'desc', peek: '', sort_by: 'created_at', state: '' });
  });
});
