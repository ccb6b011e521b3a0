import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, escapeIdentifier } from 'pg';
import { soundsSecret } from './kinds.ts';
import type { Secret } from './search.ts';
import { readMasterKeys, unwrap } from './unseal.ts';

export interface Text {
  where: string;
  bytes: Buffer;
}

export interface Dump {
  texts: Text[];
  /** `table.column` of all that hold bytes or sound secret. */
  columns: string[];
  /** Those of them that hold something. */
  filled: string[];
  /** What only a master key opens, opened. */
  secrets: Secret[];
}

const readPassword = (cluster: string) => readFileSync(join(cluster, 'lyss-superuser-password'), 'utf8');

/** Works as the superuser of the built-in database, whom no row is hidden from. */
export async function withDatabase<T>(data_dir: string, work: (client: Client) => Promise<T>): Promise<T> {
  const cluster = join(data_dir, 'postgres', 'cluster');
  const port = Number(readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[3]);
  const client = new Client({ host: '127.0.0.1', port, user: 'postgres', password: readPassword(cluster), database: 'lyss' });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Every row of every table as text, every column of bytes as they are, and what is sealed, opened. */
export async function readDump(client: Client, data_dir: string): Promise<Dump> {
  const dump: Dump = { texts: [], columns: [], filled: [], secrets: readFileSecrets(data_dir) };
  const { rows } = await client.query<{ table: string; columns: { name: string; type: string }[] }>(
    // A partition's rows and columns are those of its whole.
    `select c.relname as table, json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, null))) as columns
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition group by 1`,
  );
  for (const { table, columns } of rows) {
    const name = escapeIdentifier(table);
    const found = await client.query<{ row: string }>(`select row_to_json(t)::text as row from ${name} t`);
    dump.texts.push({ where: table, bytes: Buffer.from(found.rows.map(({ row }) => row).join('\n')) });
    // A file lies in pieces, and what is compressed opens from its beginning alone.
    const order = table.endsWith('_pieces') ? `order by ${escapeIdentifier(table.replace(/_pieces$/, '_id'))}, number` : '';
    const held = columns.filter((column) => column.type === 'bytea' || soundsSecret.test(column.name));
    for (const column of held) {
      const id = `${table}.${column.name}`;
      const cells = await client.query<{ cell: Buffer | string }>(`select ${escapeIdentifier(column.name)} as cell from ${name} where ${escapeIdentifier(column.name)} is not null ${order}`);
      dump.columns.push(id);
      if (cells.rows.length > 0) dump.filled.push(id);
      if (column.type === 'bytea') dump.texts.push({ where: id, bytes: Buffer.concat(cells.rows.map(({ cell }) => Buffer.from(cell))) });
    }
  }
  dump.secrets.push(...(await openSealed(client, data_dir)));
  return dump;
}

function readFileSecrets(data_dir: string): Secret[] {
  const file = join(data_dir, 'master-keys');
  const masters = existsSync(file) ? [...readMasterKeys(readFileSync(file, 'utf8')).values()] : [];
  const superuser = readPassword(join(data_dir, 'postgres', 'cluster'));
  const owner = createHash('sha256').update(`owner ${superuser}`).digest('hex');
  return [
    ...masters.flatMap((key) => [key, Buffer.from(key.toString('base64'))].map((bytes) => ({ kind: 'master key', bytes }))),
    ...[superuser, owner].map((password) => ({ kind: 'database password', bytes: Buffer.from(password) })),
  ];
}

async function openSealed(client: Client, data_dir: string): Promise<Secret[]> {
  const masters = readMasterKeys(readFileSync(join(data_dir, 'master-keys'), 'utf8'));
  const sealed = await client.query<{ kind: string; master_key_id: string; wrapped: Buffer; aad: string; is_jwk: boolean }>(
    `select 'data key' as kind, master_key_id, wrapped, 'data key|' || tenant_id || '|' || id as aad, false as is_jwk from data_keys
     union all select case purpose when 'app_role' then 'database password' else 'platform key' end, master_key_id, wrapped, 'v1|platform|platform_keys|wrapped|' || id, public_jwk is not null from platform_keys`,
  );
  return sealed.rows.map((row) => ({ kind: row.kind, bytes: row.is_jwk ? takePrivatePart(unwrap(masters, row)) : unwrap(masters, row) }));
}

/** Of a signing key (RFC 8037) the private part: the rest is published. What a key is, is said by its row: random bytes may look like anything. */
function takePrivatePart(opened: Buffer): Buffer {
  const { d } = JSON.parse(opened.toString()) as { d: string };
  return Buffer.from(d);
}
