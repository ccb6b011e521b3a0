import type { UsageExportQuery } from '@lyss/api-types';
import type { Actor } from '../../actor.ts';
import type { Tenancy } from '../../db/tenancy.ts';
import { AppError } from '../../errors.ts';
import type { FileAnswer } from '../../http/route.ts';
import { describePoint } from './figures.ts';
import * as repository from './repository.ts';
import { readAsked } from './read-asked.ts';

/** About 10 MB, which are made at once. */
const MOST_LINES = 50_000;
// Spreadsheets take a file without it for their own code page.
const BYTE_ORDER_MARK = '\uFEFF';

/** Usage as a table for a spreadsheet: an hour or a day of each group a line. Throws 3006 where there are more than 50,000. */
export function createExportUsage(tenancy: Tenancy) {
  return async (actor: Actor, query: UsageExportQuery): Promise<FileAnswer> => {
    const { group_by } = query;
    const { span, lines, names } = await tenancy.withTenant(actor.tenant_id, async (db) => {
      const asked = await readAsked(db, query);
      const found = await repository.listLines(db, asked.span, asked.about, group_by, MOST_LINES + 1);
      const keys = [...new Set(found.map(({ key }) => key))];
      return { span: asked.span, lines: found, names: group_by === 'none' ? new Map<string, string>() : await repository.listNames(db, group_by, keys) };
    });
    if (lines.length > MOST_LINES) throw new AppError('OPERATION_NOT_ALLOWED', { details: { reason: 'usage_too_long', limit: MOST_LINES } });
    const isNamed = group_by === 'person' || group_by === 'key';
    const head = [span.unit, ...(group_by === 'none' ? [] : [group_by, ...(isNamed ? ['name'] : [])]), ...figures, 'currency'];
    const table = lines.map(({ at, key, ...sums }) => {
      const point = describePoint(at, { ...sums });
      return [at, ...(group_by === 'none' ? [] : [key, ...(isNamed ? [names.get(key) ?? ''] : [])]), ...figures.map((name) => point[name]), span.currency];
    });
    const content = Buffer.from(BYTE_ORDER_MARK + [head, ...table].map((cells) => `${cells.map(formatCell).join(',')}\r\n`).join(''));
    return {
      name: `lyss-usage-${span.from.slice(0, 10)}-${span.to.slice(0, 10)}.csv`,
      media_type: 'text/csv; charset=utf-8',
      bytes: content.length,
      async *read(_signal, part) {
        yield part ? content.subarray(part.first, part.last + 1) : content;
      },
    };
  };
}

const figures = ['requests', 'failed', 'input_tokens', 'output_tokens', 'cached_tokens', 'reasoning_tokens', 'cost', 'unpriced', 'mean_ms', 'p50_ms', 'p95_ms', 'first_token_p50_ms', 'first_token_p95_ms'] as const;

/** One cell of RFC 4180; what a spreadsheet would run as a formula is text (OWASP, "CSV Injection"). */
function formatCell(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  const defused = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(defused) ? `"${defused.replaceAll('"', '""')}"` : defused;
}
