import { expect, it } from 'vitest';
import { readHead } from './use-verification.ts';
import { toFilters } from './use-audit-list.ts';
import { auditDefaults } from '../../app/search.ts';

it('reads a head as the page gives it, and nothing else', () => {
  const hash = 'ab'.repeat(32);
  expect(readHead(`12 ${hash}`)).toEqual({ seq: 12, hash });
  expect(readHead(`  7\t${hash.toUpperCase()}\n`)).toEqual({ seq: 7, hash });
  for (const odd of ['', '12', hash, `0 ${hash}`, `12 ${hash}0`, `x ${hash}`]) expect(readHead(odd), odd).toBeNull();
});

it('asks for what the address says: spans end now, to the minute; a custom one is as it was typed', () => {
  const now = Date.parse('2026-11-23T10:00:42.000Z');
  expect(toFilters(auditDefaults, now)).toEqual({});
  expect(toFilters({ ...auditDefaults, range: '24h', outcome: 'refused', tab: 'files', peek: 'x', cursor: 'c' }, now)).toEqual({ from: '2026-11-22T10:00:00.000Z', outcome: 'refused' });
  expect(toFilters({ ...auditDefaults, range: 'custom', from: '2026-01-01T00:00:00.000Z', search: 'ada' }, now)).toEqual({ from: '2026-01-01T00:00:00.000Z', search: 'ada' });
});
