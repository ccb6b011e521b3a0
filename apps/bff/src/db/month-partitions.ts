import { wallStatements } from './tenant-table.ts';

interface Partitioned {
  table: string;
  /** By which its rows go into months (UTC). */
  column: string;
  /** An advisory lock of its own, so that two replicas make a month one after the other. */
  lock: number;
}

/**
 * The body of a door that makes the month of `wanted` and says whether it had to: rows may have gone to the default partition while
 * nobody made theirs. They move, for which its owner, in this transaction alone, is let past its wall. As 0005 does it for the audit.
 */
export function describeMonths({ table, column, lock }: Partitioned, appRole: string): string {
  return `
declare
  month date := date_trunc('month', wanted at time zone 'UTC')::date;
  name text := '${table}_' || to_char(month, 'YYYY_MM');
  lower text := month::text || ' 00:00:00+00';
  upper text := (month + interval '1 month')::date::text || ' 00:00:00+00';
begin
  if to_regclass('public.' || name) is not null then return false; end if;
  perform pg_advisory_xact_lock(${lock});
  if to_regclass('public.' || name) is not null then return false; end if;
  execute format('create table public.%I (like public.${table} including defaults including constraints)', name);
  alter table public.${table}_default no force row level security;
  execute format('with moved as (delete from public.${table}_default where ${column} >= %L and ${column} < %L returning *) insert into public.%I select * from moved', lower, upper, name);
  alter table public.${table}_default force row level security;
  execute format('alter table public.${table} attach partition public.%I for values from (%L) to (%L)', name, lower, upper);
  ${wallStatements('%I', appRole).map((statement) => `execute format($wall$${statement}$wall$, name);`).join('\n  ')}
  return true;
end`;
}
