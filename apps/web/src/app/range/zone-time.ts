const MINUTE_MS = 60_000;

/** `2026-11-23T08:00` of an instant, as a clock in `zone` (IANA) shows it; for a field of date and time. */
export function toWallTime(instant: string, zone: string): string {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return '';
  return wallOf(at, zone);
}

/** The instant (ISO 8601 UTC) at which a clock in `zone` shows it; empty for what is no time. In the hour that a clock shows twice, one of the two. */
export function toInstant(wall: string, zone: string): string {
  const wanted = Date.parse(`${wall}Z`);
  if (Number.isNaN(wanted)) return '';
  let at = wanted;
  // Twice: the offset at the first guess may be that of the other side of a change of clocks.
  for (let turn = 0; turn < 2; turn++) at += wanted - Date.parse(`${wallOf(new Date(at), zone)}Z`);
  return new Date(Math.round(at / MINUTE_MS) * MINUTE_MS).toISOString();
}

function wallOf(at: Date, zone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' }).formatToParts(at);
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  return `${of('year')}-${of('month')}-${of('day')}T${of('hour')}:${of('minute')}`;
}
