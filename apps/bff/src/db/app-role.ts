import { ConfigurationError } from '../config.ts';
import type { Database } from './database.ts';

export interface RoleFacts {
  name: string;
  is_super: boolean;
  passes_walls: boolean;
  /** Whether it owns our tables, or may act as who does. */
  owns: boolean;
  /** Such as 150004 for 15.4. */
  server_version: number;
}

const LEAST_VERSION = 150_000;
const VERSION_UNIT = 10_000;

/** What is wrong with the role and the server that the application would work with, in words for its operator. */
export function judgeRole({ name, is_super, passes_walls, owns, server_version }: RoleFacts): string[] {
  const fault = is_super ? 'is a superuser' : passes_walls ? 'has BYPASSRLS' : owns ? 'owns the tables, or belongs to the role that does' : null;
  return [
    ...(server_version < LEAST_VERSION ? [`DATABASE_URL: PostgreSQL ${Math.floor(server_version / VERSION_UNIT)} is too old; use 15 or newer`] : []),
    ...(fault ? [`LYSS_APP_DATABASE_URL: the role ${name} ${fault}, so nothing would keep tenants apart; use the role lyss_app`] : []),
  ];
}

/** Looks once, at the start, whether the application's role stands behind the wall; throws ConfigurationError where it doesn't. */
export async function checkAppRole(database: Database): Promise<void> {
  const { rows } = await database.pool.query<RoleFacts>(
    `select r.rolname as name, r.rolsuper as is_super, r.rolbypassrls as passes_walls, current_setting('server_version_num')::integer as server_version,
       exists (select from pg_class c where c.oid = to_regclass('public.tenants') and pg_has_role(current_user, c.relowner, 'member')) as owns
     from pg_roles r where r.rolname = current_user`,
  );
  const faults = rows.flatMap(judgeRole);
  if (faults.length > 0) throw new ConfigurationError(faults);
}
