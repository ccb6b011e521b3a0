import { setImmediate } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { newId } from '../../../crypto/digest.ts';
import type { Tenancy } from '../../../db/tenancy.ts';
import { createImportRunner } from './run-imports.job.ts';

interface Asked {
  tenant_id: string;
  answer(value: unknown): void;
}

/** A runner with room for one over a database that answers when it is told to; each look finds another tenant's import. */
function createScene() {
  const asked: Asked[] = [];
  let looks = 0;
  const tenancy = {
    lookUp: async () => [{ tenant_id: `tenant-${(looks += 1)}`, id: newId() }],
    withTenant: (tenant_id: string) => new Promise<unknown>((resolve) => asked.push({ tenant_id, answer: resolve })),
  } as unknown as Tenancy; // as much of it as the runner asks before it has an import in its hands
  const runner = createImportRunner({ tenancy, instance_id: newId(), isAddressAllowed: () => true, unpacked_bytes: 1, at_once: 1, onFailure: () => undefined });
  return { runner, asked };
}
const held = { id: newId(), state: 'applying', user_id: newId(), permissions: [], bytes: 1, sha256: '', attempts: 1 };

it('takes up no more than there is room for, however many turns come at once', async () => {
  const { runner, asked } = createScene();
  const turns = Promise.all([runner.run(), runner.run()]);
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  asked[0]?.answer(held);
  await turns;
  // The claim, and the import itself: of one tenant.
  expect(asked.map(({ tenant_id }) => tenant_id)).toEqual(['tenant-1', 'tenant-1']);
});

it('waits, where it is closed, for a claim that is under way and for what came of it', async () => {
  const { runner, asked } = createScene();
  void runner.run();
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  const closed = vi.fn();
  const closing = runner.close().then(closed);
  await setImmediate();
  expect(closed).not.toHaveBeenCalled();
  asked[0]?.answer(held);
  await vi.waitFor(() => expect(asked).toHaveLength(2));
  expect(closed).not.toHaveBeenCalled();
  asked[1]?.answer(undefined);
  await closing;
  await runner.run();
  expect(asked).toHaveLength(2);
});
