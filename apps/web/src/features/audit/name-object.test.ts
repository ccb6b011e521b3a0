import type { AuditEntry } from '@lyss/api-types';
import { expect, it } from 'vitest';
import { nameObject } from './name-object.ts';

const actor = { user_id: 'u-1', name: 'Ada' };
const entry = (changed: Partial<AuditEntry>): AuditEntry => ({ id: 'e', at: '2026-11-23T00:00:00.000Z', actor, action: 'users.updated', resource_type: 'user', resource_id: 'u-2', outcome: 'success', request_id: 'r', address: '192.0.2.1', details: null, seal: null, ...changed });

it('calls an object what it was called after the change, or before it was gone', () => {
  expect(nameObject(entry({ details: { before: { name: 'Bo' }, after: { name: 'Bob' } } }))).toBe('Bob');
  expect(nameObject(entry({ details: { before: { name: 'Bo' } } }))).toBe('Bo');
  expect(nameObject(entry({ details: { after: { email: 'bo@example.com', name: '' } } }))).toBe('bo@example.com');
  expect(nameObject(entry({ details: { subject: { name: 'Bo' } } }))).toBe('Bo');
});

it('knows who signed in, and makes up no name', () => {
  expect(nameObject(entry({ resource_id: 'u-1' }))).toBe('Ada');
  expect(nameObject(entry({ resource_id: 'u-1', resource_type: 'reply' }))).toBeNull();
  expect(nameObject(entry({ actor: null, resource_id: null }))).toBeNull();
  expect(nameObject(entry({ details: { after: { name: 7 }, before: ['odd'] } }))).toBeNull();
});
