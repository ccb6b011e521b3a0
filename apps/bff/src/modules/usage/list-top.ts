import type { Page, UsageTop, UsageTopQuery } from '@lyss/api-types';
import type { Actor } from '../../actor.ts';
import type { Tenancy } from '../../db/tenancy.ts';
import { AppError } from '../../errors.ts';
import { fromNano } from '../../nano.ts';
import { describeCounts } from './figures.ts';
import * as repository from './repository.ts';
import type { TopPlace } from './repository.ts';
import { readAsked } from './read-asked.ts';

/** Who or what used most, a page at a time. */
export function createListTop(tenancy: Tenancy) {
  return (actor: Actor, query: UsageTopQuery): Promise<Page<UsageTop>> =>
    tenancy.withTenant(actor.tenant_id, async (db) => {
      const { by: group, sort_by: rank, page_size } = query;
      const { span, about } = await readAsked(db, query);
      const after = query.cursor === undefined ? null : readPlace(query.cursor, group, rank);
      const found = await repository.listTop(db, span, about, { group, rank, after, at_most: page_size + 1 });
      const rows = found.slice(0, page_size);
      const names = await repository.listNames(db, group, rows.map(({ key }) => key));
      const last = rows.at(-1);
      const has_next = found.length > page_size;
      const items = rows.map((row) => ({ key: row.key || null, name: names.get(row.key) ?? null, ...describeCounts(row), cost: { amount: fromNano(BigInt(row.cost_nano)), currency: span.currency } }));
      return { items, pagination: { page_size, has_next, next_cursor: has_next && last ? writePlace(group, rank, last) : null } };
    });
}

const writePlace = (group: string, rank: string, row: { rank: string; requests: number; key: string }) => Buffer.from(JSON.stringify([group, rank, row.rank, String(row.requests), row.key])).toString('base64url');

function readPlace(text: string, group: string, rank: string): TopPlace {
  try {
    const [of, by, value, requests, key, ...more] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as unknown[];
    const isNumber = (digits: unknown): digits is string => typeof digits === 'string' && /^\d{1,30}$/.test(digits);
    if (more.length === 0 && of === group && by === rank && isNumber(value) && isNumber(requests) && typeof key === 'string' && key.length <= 300 && !key.includes('\0')) return { rank: value, requests, key };
  } catch {
    // falls through to the one answer for every unreadable cursor
  }
  throw new AppError('INVALID_INPUT', { details: { issues: [{ path: 'cursor', code: 'invalid_cursor', message: 'take next_cursor from the list’s last answer, with the same sort' }] } });
}
