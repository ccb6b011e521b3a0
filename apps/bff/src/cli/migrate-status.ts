import type { Config, Secrets } from '../config.ts';
import { withFound } from '../open-database.ts';

/** Prints each migration and when it was applied; it applies none. */
export async function printMigrations(config: Config, secrets: Secrets, say: (line: string) => void): Promise<number> {
  const found = await withFound(config, secrets, async ({ migrations }) => migrations);
  if (!found) say(`There is no database in ${config.data_dir} yet: the first start of the server makes it.`);
  for (const { name, applied_at } of found ?? []) say(`${name.padEnd(24)} ${applied_at ? applied_at.toISOString() : 'waits'}`);
  return 0;
}
