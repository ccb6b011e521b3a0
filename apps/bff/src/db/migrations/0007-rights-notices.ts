import { sql, type Kysely } from 'kysely';
import { createDoors } from '../door.ts';

// What is told, with which column of the row, of which change; `tell_change` reads no table.
const triggers = [
  `after update of revoked_at on sessions for each row when (old.revoked_at is null and new.revoked_at is not null) execute function tell_change('session', 'id')`,
  `after delete on sessions for each row when (old.revoked_at is null) execute function tell_change('session', 'id')`,
  `after update of status, roles, epoch on users for each row
     when ((old.status, old.roles, old.epoch) is distinct from (new.status, new.roles, new.epoch)) execute function tell_change('rights', 'tenant_id')`,
  // What a tenant's own role grants, and who has it: a person of the tenant may stand behind any of these.
  `after update of permissions on roles for each row when (old.permissions is distinct from new.permissions) execute function tell_change('rights', 'tenant_id')`,
  `after insert or delete on user_roles for each row execute function tell_change('rights', 'tenant_id')`,
  `after update of state on tenants for each row when (old.state is distinct from new.state) execute function tell_change('rights', 'id')`,
];

const body = `
begin
  perform pg_notify('lyss', tg_argv[0] || ':' || ((case tg_op when 'INSERT' then to_jsonb(new) else to_jsonb(old) end) ->> tg_argv[1]));
  return null;
end`;

/** Says, with the transaction that does it, that a session has ended or that somebody's rights have changed. */
export async function createRightsNotices(db: Kysely<unknown>, appRole: string): Promise<void> {
  await createDoors(db, appRole, [{ signature: 'tell_change()', returns: 'trigger', language: 'plpgsql', body }]);
  for (const [index, trigger] of triggers.entries()) await sql.raw(`create trigger tell_change_${index + 1} ${trigger}`).execute(db);
}
