import { asList, asRecord, asText } from './shape.ts';

// However long a supplier asks for, we look again after an hour.
const maxRetryAfterMs = 3_600_000;

function clamp(ms: number): number | null {
  return Number.isFinite(ms) && ms >= 0 ? Math.min(Math.ceil(ms), maxRetryAfterMs) : null;
}

function readHeader(value: string): number | null {
  const text = value.trim();
  if (/^\d+(?:\.\d+)?$/.test(text)) return clamp(Number(text) * 1000);
  // RFC 9110 dates begin with a weekday; Date.parse alone would take "-1" for a year.
  if (!/^(?:mon|tue|wed|thu|fri|sat|sun)/i.test(text)) return null;
  return clamp(Math.max(0, Date.parse(text) - Date.now()));
}

/** Google says it in the body: `{ "@type": ".../google.rpc.RetryInfo", "retryDelay": "34.4s" }`. */
function readRetryInfo(body: unknown): number | null {
  const error = asRecord(asRecord(Array.isArray(body) ? body[0] : body)?.['error']);
  for (const detail of asList(error?.['details'])) {
    const delay = /^(\d+(?:\.\d+)?)s$/.exec(asText(asRecord(detail)?.['retryDelay']));
    if (delay) return clamp(Number(delay[1]) * 1000);
  }
  return null;
}

/** When to try again, in milliseconds from now, at most an hour: `Retry-After` (RFC 9110 10.2.3) in seconds or as a date, OpenAI's `retry-after-ms`, Google's RetryInfo. Null where nothing sensible is said. */
export function readRetryAfter(headers: Record<string, string>, body: unknown): number | null {
  const milliseconds = headers['retry-after-ms'];
  if (milliseconds !== undefined && /^\d+(?:\.\d+)?$/.test(milliseconds)) return clamp(Number(milliseconds));
  const header = headers['retry-after'];
  return (header === undefined ? null : readHeader(header)) ?? readRetryInfo(body);
}
