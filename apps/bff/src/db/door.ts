import { sql, type Kysely } from 'kysely';

/** A function that looks, or acts, across the wall for one stated purpose, and returns no more than its caller needs. */
export interface Door {
  signature: string;
  returns: string;
  language: 'sql stable' | 'sql' | 'plpgsql';
  body: string;
}

/** Makes SECURITY DEFINER functions with a pinned search_path, for the application's role alone. */
export async function createDoors(db: Kysely<unknown>, appRole: string, doors: Door[]): Promise<void> {
  for (const { signature, returns, language, body } of doors) {
    // pg_temp is named, and last: left out it would be searched first, and a temporary table could stand in for ours.
    const pinned = `language ${language} security definer set search_path = pg_catalog, public, pg_temp`;
    await sql.raw(`create function ${signature} returns ${returns} ${pinned} as $door$${body}$door$`).execute(db);
    const name = signature.slice(0, signature.indexOf('('));
    await sql.raw(`revoke all on function ${name} from public`).execute(db);
    await sql.raw(`grant execute on function ${name} to ${appRole}`).execute(db);
  }
}
