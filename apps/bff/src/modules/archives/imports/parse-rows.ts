import { setImmediate } from 'node:timers/promises';
import { parseJson } from '../../../http/json-text.ts';
import type { ArchivedRow } from '../repository.ts';
import type { ArchivedTable } from '../tables/table.ts';
import type { TarEntry } from './read-entries.ts';
import { ArchiveRefused } from './refused.ts';

/** As many as one part has, see listRows. */
const MOST_ROWS = 200;
/** Characters of a line: a message's content at its longest, and as much again for what stands beside it. */
const MOST_LINE = 2_000_000;
/** Milliseconds of work in one go: whoever else is served by this process waits no longer. */
const MOST_AT_ONCE = 5;
const NEW_LINE = 10;
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A part's rows, each as its table says, in order of their ids after `after`; lets others go on between them. */
export async function parseRows(table: ArchivedTable, { name, content }: TarEntry, after: string): Promise<ArchivedRow[]> {
  const rows: ArchivedRow[] = [];
  let last = after;
  let since = performance.now();
  if (countLines(content) > MOST_ROWS) throw new ArchiveRefused('too_large', { file: name });
  for (const [index, line] of decode(name, content).split('\n').entries()) {
    const place = { file: name, line: index + 1 };
    if (performance.now() - since > MOST_AT_ONCE) {
      await setImmediate();
      since = performance.now();
    }
    if (line.length > MOST_LINE) throw new ArchiveRefused('invalid_row', place);
    const { data, error } = table.row.safeParse(parseLine(line, place));
    if (error) throw new ArchiveRefused('invalid_row', { ...place, field: error.issues[0]?.path.join('.') });
    // Every table's row has an id.
    const row = data as ArchivedRow;
    if (row.id <= last) throw new ArchiveRefused('duplicate', { ...place, field: 'id' });
    last = row.id;
    rows.push(row);
  }
  return rows;
}

function parseLine(line: string, place: { file: string; line: number }): unknown {
  try {
    return parseJson(line);
  } catch (error) {
    throw new ArchiveRefused('invalid_row', place, error);
  }
}

/** Without making a text of it, which may be long. */
export function countLines(content: Buffer): number {
  let lines = content.at(-1) === NEW_LINE ? 0 : 1;
  for (let at = content.indexOf(NEW_LINE); at !== -1; at = content.indexOf(NEW_LINE, at + 1)) lines += 1;
  return lines;
}

/** As text without its last line's end. */
export function decode(name: string, content: Buffer): string {
  try {
    const text = decoder.decode(content);
    return text.endsWith('\n') ? text.slice(0, -1) : text;
  } catch (error) {
    throw new ArchiveRefused('invalid_row', { file: name }, error);
  }
}
