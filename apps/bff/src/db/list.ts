import type { Pagination } from '@lyss/api-types';
import { sql, type ReferenceExpression, type SelectQueryBuilder, type SqlBool } from 'kysely';
import { AppError } from '../errors.ts';

export interface ListWindow {
  page_size: number;
  cursor?: string | undefined;
  page?: number | undefined;
  sort_by: string;
  sort_order?: 'asc' | 'desc' | undefined;
  include_total?: boolean | undefined;
}

interface Cursor {
  sort_by: string;
  order: 'asc' | 'desc';
  value: string | null;
  id: string;
}

// Only where there are nulls: `desc nulls last` and the `or` that goes with it keep PostgreSQL from reading an index backwards.
const nullable: ReadonlySet<string> = new Set(['last_seen_at', 'last_used_at', 'expires_at', 'decided_at', 'title']);

/**
 * One page by keyset on (sort_by, id): page 5,000 costs what page 1 does. `page=N` serves the first 100 pages for people
 * who click numbers. Nulls sort last. The sort column comes from the contract's closed enum, never from a caller's text.
 */
export async function listPage<DB, TB extends keyof DB, O extends { id: string }>(
  query: SelectQueryBuilder<DB, TB, O>,
  window: ListWindow,
  defaultOrder: 'asc' | 'desc' = 'desc',
): Promise<{ items: O[]; pagination: Pagination }> {
  const order = window.sort_order ?? defaultOrder;
  const total = window.include_total || window.page !== undefined ? await countRows(query) : undefined;
  // Both are columns of the query's table: the enum that sort_by was parsed with lists columns alone.
  const column = window.sort_by as ReferenceExpression<DB, TB>;
  const id = 'id' as ReferenceExpression<DB, TB>;
  const isNullable = nullable.has(window.sort_by);
  let paged = query
    .orderBy(column as never, (by) => {
      const directed = order === 'asc' ? by.asc() : by.desc();
      return isNullable ? directed.nullsLast() : directed;
    })
    .orderBy(id as never, order)
    .limit(window.page_size + 1);
  if (window.cursor !== undefined) paged = paged.where(after(column, id, readCursor(window.cursor, window.sort_by, order)));
  else if (window.page) paged = paged.offset((window.page - 1) * window.page_size);
  const rows = (await paged.execute()) as O[];
  const items = rows.slice(0, window.page_size);
  return { items, pagination: describePage(window, order, items, rows.length > window.page_size, total) };
}

function after<DB, TB extends keyof DB>(column: ReferenceExpression<DB, TB>, id: ReferenceExpression<DB, TB>, cursor: Cursor) {
  const value = sql.ref(column as string);
  const key = sql.ref(id as string);
  const beyond = cursor.order === 'asc' ? sql`>` : sql`<`;
  if (cursor.value === null) return sql<SqlBool>`(${value} is null and ${key} ${beyond} ${cursor.id})`;
  const further = sql<SqlBool>`(${value}, ${key}) ${beyond} (${cursor.value}, ${cursor.id})`;
  return nullable.has(cursor.sort_by) ? sql<SqlBool>`(${further} or ${value} is null)` : further;
}

async function countRows<DB, TB extends keyof DB, O>(query: SelectQueryBuilder<DB, TB, O>): Promise<number> {
  const counted = await query.clearSelect().select(sql<string>`count(*)`.as('total')).executeTakeFirst();
  return Number((counted as { total: string } | undefined)?.total ?? 0);
}

function describePage(window: ListWindow, order: 'asc' | 'desc', items: { id: string }[], has_next: boolean, total: number | undefined): Pagination {
  const last = items.at(-1);
  const value = last ? ((last as Record<string, unknown>)[window.sort_by] as string | null) : null;
  const next_cursor = has_next && last ? writeCursor({ sort_by: window.sort_by, order, value, id: last.id }) : null;
  return {
    page_size: window.page_size,
    next_cursor,
    has_next,
    ...(total === undefined ? {} : { total_items: total }),
    ...(window.page === undefined ? {} : { total_pages: Math.ceil((total ?? 0) / window.page_size), has_prev: window.page > 1 }),
  };
}

function writeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify([cursor.sort_by, cursor.order, cursor.value, cursor.id])).toString('base64url');
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function readCursor(text: string, sort_by: string, order: 'asc' | 'desc'): Cursor {
  try {
    const [column, direction, value, id, ...more] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as unknown[];
    const readable = more.length === 0 && column === sort_by && direction === order && typeof id === 'string' && uuid.test(id);
    if (readable && (value === null || typeof value === 'string') && isValueOf(sort_by, value)) return { sort_by, order, value, id };
  } catch {
    // falls through to the one answer for every unreadable cursor
  }
  const message = 'take next_cursor from the list’s last answer, with the same sort';
  throw new AppError('INVALID_INPUT', { details: { issues: [{ path: 'cursor', code: 'invalid_cursor', message }] } });
}

// Whole numbers: in a cursor they are their digits.
const counted: ReadonlySet<string> = new Set(['users_count', 'requests', 'tokens', 'cost', 'limit_nano', 'spent_nano', 'used']);

function isValueOf(sort_by: string, value: string | null): boolean {
  if (value === null) return nullable.has(sort_by);
  if (counted.has(sort_by)) return /^\d{1,30}$/.test(value);
  return /(?:^|_)at$/.test(sort_by) ? isInstant(value) : value.length <= 300 && !value.includes('\0');
}

/** Exactly as this list writes it: JavaScript reads far more for a date than PostgreSQL does. */
function isInstant(value: string): boolean {
  return /^(?!0000)\d{4}-/.test(value) && !Number.isNaN(Date.parse(value)) && new Date(value).toISOString() === value;
}

/** LIKE's own signs in a person's search are letters: `%` finds a percent sign. */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, (sign) => `\\${sign}`);
}
