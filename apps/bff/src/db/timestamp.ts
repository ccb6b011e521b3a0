/**
 * PostgreSQL's text of a timestamptz on a connection in UTC (`2026-11-23 08:00:00.12+00`) as ISO 8601 with milliseconds,
 * without a Date where it can be done: the columns hold milliseconds, and a list turns many.
 */
export function readTimestamp(text: string): string {
  // 2026-11-23 08:00:00 are 19 characters; the fraction is as short as it can be, and absent where it is nought.
  const isPlain = text.length <= 26 && text.endsWith('+00') && text.charCodeAt(4) === HYPHEN;
  if (!isPlain) return new Date(text).toISOString();
  const fraction = text.length === 22 ? '.' : text.slice(19, -3);
  return `${text.slice(0, 10)}T${text.slice(11, 19)}${fraction.padEnd(4, '0')}Z`;
}

const HYPHEN = 45;
