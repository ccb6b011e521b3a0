import { describe, expect, it } from 'vitest';
import { readRolesSearch, readSuppliersSearch, readTenantsSearch, readUsersSearch, suppliersDefaults, usersDefaults } from './search.ts';

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
  it('keeps whose role and which permission somebody asked for', () => {
    const role = '0198c0de-0000-7000-8000-0000000000c1';
    expect(readUsersSearch(typed({ role, permission: 'audit.read' }))).toMatchObject({ role, permission: 'audit.read' });
    expect(readUsersSearch(typed({ role: 'root', permission: 'everything' }))).toMatchObject({ role: '', permission: '' });
    expect(readRolesSearch(typed({ tab: 'matrix', search: 'audit' }))).toMatchObject({ tab: 'matrix', search: 'audit' });
    expect(readRolesSearch(typed({ tab: 'tree' }))).toMatchObject({ tab: '' });
  });
  it('drops what it does not know', () => {
    expect(readTenantsSearch(typed({ state: 'gone', sort_by: 'password', sort_order: {}, search: ['x'], extra: 1 }))).toEqual({ search: '', cursor: '', sort_order: 'desc', peek: '', sort_by: 'created_at', state: '' });
  });
});
