import type { Page } from '@lyss/api-types';
import type { ListWindow } from '../../db/list.ts';
import { AppError } from '../../errors.ts';

type Key = string | number | null;
export interface Place {
  /** Null stands last. */
  key: Key;
  /** `supplier/model`: one of a kind, and the same in every tenant, so that a cursor tells nothing of one. */
  pin: string;
}

/**
 * One page of a list that is made in memory, as `listPage` makes one of a table: by keyset on (key, pin), and page numbers for
 * people who click them. Throws 1001 for a cursor that is not one of this order's.
 */
export function pickPage<T>(all: readonly T[], window: ListWindow, placeOf: (item: T) => Place): Page<T> {
  const { page_size, page, sort_by } = window;
  const order = window.sort_order ?? 'asc';
  const compare = (a: Place, b: Place) => comparePlaces(a, b) * (order === 'asc' || (a.key === null) !== (b.key === null) ? 1 : -1);
  const placed = all.map((item) => ({ item, ...placeOf(item) })).toSorted(compare);
  const after = window.cursor === undefined ? null : readCursor(window.cursor, sort_by, order);
  const from = after ? placed.filter((place) => compare(place, after) > 0) : placed.slice(((page ?? 1) - 1) * page_size);
  const shown = from.slice(0, page_size);
  const last = shown.at(-1);
  const has_next = from.length > page_size;
  const next_cursor = has_next && last ? Buffer.from(JSON.stringify([sort_by, order, last.key, last.pin])).toString('base64url') : null;
  return {
    items: shown.map(({ item }) => item),
    pagination: {
      ...{ page_size, next_cursor, has_next },
      ...(window.include_total || page !== undefined ? { total_items: all.length } : {}),
      ...(page === undefined ? {} : { total_pages: Math.ceil(all.length / page_size), has_prev: page > 1 }),
    },
  };
}

function comparePlaces(a: Place, b: Place): number {
  if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null) || compare(a.pin, b.pin);
  return compare(a.key, b.key) || compare(a.pin, b.pin);
}

function compare<T extends string | number>(a: T, b: T): number {
  return a < b ? -1 : Number(a > b);
}

function readCursor(text: string, sort_by: string, order: string): Place {
  try {
    const [column, direction, key, pin, ...more] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as unknown[];
    const isKey = key === null || typeof key === 'string' || typeof key === 'number';
    if (more.length === 0 && column === sort_by && direction === order && typeof pin === 'string' && pin.includes('/') && isKey) return { key, pin };
  } catch {
    // falls through to the one answer for every unreadable cursor
  }
  const message = 'take next_cursor from the list’s last answer, with the same sort';
  throw new AppError('INVALID_INPUT', { details: { issues: [{ path: 'cursor', code: 'invalid_cursor', message }] } });
}
