import { beforeEach, expect, it, vi } from 'vitest';
import type { TenantDb } from '../../../../db/tenancy.ts';
import { mapId, type Arriving } from '../arrive.ts';
import { createParents } from './parents.ts';
import * as repository from './repository.ts';

vi.mock('./repository.ts');
const ids = ['a', 'b', 'c', 'd'].map((sign) => `0190000${sign}-0000-7000-8000-000000000000`) as [string, string, string, string];
const [a, b, c, d] = ids;
// What is asked of the database is answered here.
const db = {} as TenantDb;
const to: Arriving = { tenant_id: d, instance_id: d, importer: { user_id: d, email: '' }, permissions: new Set(), isAddressAllowed: () => true, same_person: null };
const place = { file: 'f', line: 1 };
const end = (at: string, is_circle = false) => ({ at: mapId(to, at), is_circle, is_too_far: false });
const climbed = () => vi.mocked(repository.climb).mock.calls.map(([, asked]) => asked);
beforeEach(() => {
  vi.resetAllMocks();
  vi.mocked(repository.findStray).mockResolvedValue(null);
});

it('climbs from a message again only when the one at which its way ended has its parent', async () => {
  const parents = createParents(to);
  const hold = (id: string, parent_id: string) => parents.hold({ id, parent_id }, { id: mapId(to, id) }, place);
  // a answers b, which answers d: until d is there, a's way ends at b.
  hold(a, b);
  hold(b, d);
  vi.mocked(repository.climb).mockResolvedValueOnce(new Map([[mapId(to, a), end(b)]]));
  await parents.settle(db, new Map(), b);
  await parents.settle(db, new Map(), b);
  await parents.settle(db, new Map(), c);
  expect(climbed()).toEqual([[mapId(to, a)]]);
  vi.mocked(repository.climb).mockResolvedValueOnce(new Map([[mapId(to, a), end(a, true)], [mapId(to, b), end(b, true)]]));
  await expect(parents.settle(db, new Map(), d)).rejects.toMatchObject({ code: 'circular_parents' });
  expect(climbed().at(-1)).toEqual([mapId(to, a), mapId(to, b)]);
});

it('keeps no more of them open than clocks that differ explain', () => {
  const parents = createParents(to);
  const hold = () => parents.hold({ id: a, parent_id: b }, { id: a }, place);
  for (let count = 0; count < 1_000; count++) hold();
  expect(hold).toThrow(expect.objectContaining({ code: 'too_large' }));
});
