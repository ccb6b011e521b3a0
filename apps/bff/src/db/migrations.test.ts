import { readdir } from 'node:fs/promises';
import { expect, it } from 'vitest';

it('numbers the migrations without a gap, so that two branches that add one cannot both pass', async () => {
  const files = (await readdir(new URL('./migrations/', import.meta.url))).filter((name) => /^\d{4}-/.test(name)).toSorted();
  expect(files.length).toBeGreaterThan(0);
  expect(files.map((name) => Number(name.slice(0, 4)))).toEqual(files.map((_, place) => place + 1));
});
