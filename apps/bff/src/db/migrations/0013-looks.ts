import { sql, type Kysely } from 'kysely';
import { createDoors } from '../door.ts';
import { createTenantTable, WALL } from '../tenant-table.ts';

const table = {
  // The looker may leave; the look at somebody stays with them.
  name: 'looks',
  columns: `looker_id uuid not null, looker_name text not null, session_id uuid not null, subject_id uuid not null, reason text not null,
    started_at timestamptz(3) not null default now(), ends_at timestamptz(3) not null, ended_at timestamptz(3),
    end_reason text check (end_reason in ('ended', 'replaced', 'rights_changed', 'session_ended')), check ((ended_at is null) = (end_reason is null))`,
  references: [{ column: 'subject_id', table: 'users' }],
  owner_reads: true,
};

const statements = [
  // One look at a time: whoever begins another has ended the first.
  `create unique index looks_open_index on looks (tenant_id, looker_id) where ended_at is null`,
  `create index looks_at_index on looks (tenant_id, subject_id, started_at, id)`,
  `create policy owner_ends on looks for update to current_user using (${WALL}) with check (${WALL})`,
];

// Whose rights change, as looker or as the one looked at, is judged anew: by another look, with another reason.
const body = `
declare
  changed jsonb := case tg_op when 'DELETE' then to_jsonb(old) else to_jsonb(new) end;
begin
  update looks l set ended_at = now(), end_reason = tg_argv[0]
  where l.ended_at is null and l.tenant_id = (changed ->> 'tenant_id')::uuid and case tg_table_name
    when 'sessions' then l.session_id = (changed ->> 'id')::uuid
    when 'users' then (changed ->> 'id')::uuid in (l.looker_id, l.subject_id)
    when 'user_roles' then (changed ->> 'user_id')::uuid in (l.looker_id, l.subject_id)
    else exists (select 1 from user_roles r where r.tenant_id = l.tenant_id and r.role_id = (changed ->> 'id')::uuid and r.user_id in (l.looker_id, l.subject_id)) end;
  return null;
end`;

const triggers = [
  `after update of revoked_at on sessions for each row when (old.revoked_at is null and new.revoked_at is not null) execute function end_looks('session_ended')`,
  `after update of status, roles on users for each row when ((old.status, old.roles) is distinct from (new.status, new.roles)) execute function end_looks('rights_changed')`,
  `after insert or delete on user_roles for each row execute function end_looks('rights_changed')`,
  `after update of permissions on roles for each row when (old.permissions is distinct from new.permissions) execute function end_looks('rights_changed')`,
];

/** Looks into other people's data, and what ends one before its time. */
export async function createLooks(db: Kysely<unknown>, appRole: string): Promise<void> {
  await createTenantTable(db, table, appRole);
  for (const statement of statements) await sql.raw(statement).execute(db);
  await createDoors(db, appRole, [{ signature: 'end_looks()', returns: 'trigger', language: 'plpgsql', body }]);
  for (const [index, trigger] of triggers.entries()) await sql.raw(`create trigger end_looks_${index + 1} ${trigger}`).execute(db);
}
