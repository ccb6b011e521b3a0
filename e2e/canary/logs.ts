import { randomUUID } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { reports } from '../spawn-process.ts';
import type { Text } from './dump.ts';

/** Logs of databases that are gone with their servers. */
export const keptLogs = join(reports, 'e2e', 'canary', 'logs');

/** A server's own log of its database lies beside its folder. */
function listDatabaseLogs(data_dir: string): { name: string; path: string }[] {
  const folder = join(data_dir, 'postgres');
  if (!existsSync(folder)) return [];
  const home = realpathSync(folder);
  const files = readdirSync(home, { withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map(({ name }) => ({ name, path: join(home, name) }));
}

export const readDatabaseLogs = (data_dir: string): Text[] => listDatabaseLogs(data_dir).map(({ name, path }) => ({ where: `postgres/${name}`, bytes: readFileSync(path) }));

/** Keeps what a database has logged, for the canary to search. Call it before its folder is removed. */
export function keepDatabaseLogs(data_dir: string): void {
  mkdirSync(keptLogs, { recursive: true });
  for (const { name, path } of listDatabaseLogs(data_dir)) cpSync(path, join(keptLogs, `${randomUUID()}-${name}`));
}
