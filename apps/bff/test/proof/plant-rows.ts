import type { Client } from 'pg';

interface Column {
  name: string;
  type: string;
  is_array: boolean;
}
interface ForeignKey {
  name: string;
  table: string;
  target: string;
  columns: string[];
  target_columns: string[];
}
export interface Planted {
  /** Every table with a tenant's rows, partitions too, as the catalogue has them. */
  tables: string[];
  /** Those of them that are no partition: each has one row of each tenant. */
  parents: string[];
  /** Foreign keys of more columns than one. */
  keys: ForeignKey[];
  /** What stands in a planted row. */
  valueOf(tenant_id: string, table: string, column: string): string;
}

const literals: Record<string, string> = { bool: 'true', int2: '1', int4: '1', int8: '1', float8: '0.5', numeric: '1', json: '{}', jsonb: '{}', timestamptz: '2026-01-01T00:00:00Z', date: '2026-01-01', inet: '192.0.2.1', cidr: '192.0.2.0/24' };

/**
 * Puts one row of each tenant into every tenant table, out of the catalogue alone: a table that is new tomorrow is
 * planted as well. The database must be a throwaway: what its checks say is dropped, its composite keys are kept true.
 */
export async function plantRows(superuser: Client, tenants: readonly string[]): Promise<Planted> {
  const { tables, parents, columns, keys } = await readCatalogue(superuser);
  const valueOf = (tenant_id: string, table: string, column: string): string => {
    if (column === 'tenant_id') return tenant_id;
    const key = keys.find((found) => found.table === table && found.columns.includes(column));
    if (key) return valueOf(tenant_id, key.target, key.target_columns[key.columns.indexOf(column)] ?? 'id');
    const { type, is_array } = columns.get(table)?.find(({ name }) => name === column) ?? { type: 'unknown', is_array: false };
    if (is_array) return '{}';
    if (type === 'bytea') return `\\x${inventId(`${tenant_id}${table}${column}`).replaceAll('-', '')}`;
    if (type === 'uuid') return inventId(`${tenant_id}${table}${column}`);
    if (type === 'text' || type === 'varchar') return `${table}.${column} of ${tenant_id}`;
    const literal = literals[type];
    if (literal === undefined) throw new Error(`how is a ${type} planted? (${table}.${column})`);
    return literal;
  };
  await dropChecks(superuser);
  // Rows come in any order: the keys between them are true once all of them are there.
  await superuser.query('set session_replication_role = replica');
  for (const table of parents) {
    const names = (columns.get(table) ?? []).map(({ name }) => name);
    for (const tenant_id of tenants) {
      const values = names.map((name) => valueOf(tenant_id, table, name));
      await superuser.query(`insert into ${table} (${names.join()}) values (${names.map((_, at) => `$${at + 1}`).join()})`, values);
    }
  }
  await superuser.query('reset session_replication_role');
  return { tables, parents, keys: keys.filter((key) => key.columns.length > 1), valueOf };
}

/** The same id for the same text, in the form of a UUID. */
function inventId(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const letter of `${text}${text}`) hash = BigInt.asUintN(128, (hash ^ BigInt(letter.codePointAt(0) ?? 0)) * 0x1000000000000000000013bn);
  return hash.toString(16).padStart(32, '0').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

async function readCatalogue(superuser: Client) {
  const found = await superuser.query<{ name: string; is_partition: boolean }>(
    `select c.oid::regclass::text as name, c.relispartition as is_partition from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
     where c.relkind in ('r', 'p') and c.relnamespace::regnamespace::text not in ('pg_catalog', 'information_schema') order by 1`,
  );
  const columns = await superuser.query<Column & { table: string }>(
    `select attrelid::regclass::text as table, attname as name, typcategory = 'A' as is_array, typname as type from pg_attribute join pg_type t on t.oid = atttypid
     where attrelid = any ($1::regclass[]) and attnum > 0 and not attisdropped and attgenerated = '' and attidentity = '' order by attnum`,
    [found.rows.map(({ name }) => name)],
  );
  const keys = await superuser.query<ForeignKey>(
    `select conname as name, conrelid::regclass::text as table, confrelid::regclass::text as target,
       array(select attname::text from unnest(conkey) with ordinality k(num, ord) join pg_attribute on attrelid = conrelid and attnum = num order by ord) as columns,
       array(select attname::text from unnest(confkey) with ordinality k(num, ord) join pg_attribute on attrelid = confrelid and attnum = num order by ord) as target_columns
     from pg_constraint where contype = 'f' and conparentid = 0`,
  );
  const byTable = Map.groupBy(columns.rows, ({ table }) => table);
  return { tables: found.rows.map(({ name }) => name), parents: found.rows.filter((row) => !row.is_partition).map(({ name }) => name), columns: byTable, keys: keys.rows };
}

async function dropChecks(superuser: Client): Promise<void> {
  for (;;) {
    const checks = await superuser.query<{ drop: string }>(
      `select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop from pg_constraint where contype = 'c' and conrelid <> 0 and coninhcount = 0 and connamespace = 'public'::regnamespace`,
    );
    if (checks.rows.length === 0) return;
    for (const { drop } of checks.rows) await superuser.query(drop);
  }
}
