const steps: readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

// Chinese typography wants a space between digits and characters, which Intl leaves out.
function spaceOut(text: string): string {
  return text.replace(/(\d)(?=\p{Script=Han})/gu, '$1 ').replace(/(\p{Script=Han})(?=\d)/gu, '$1 ');
}

// Intl says "now" and "现在" there, which is no time at which something was made.
const sayJustNow = (locale: string) => (locale.startsWith('zh') ? '刚刚' : 'just now');

/** "3 minutes ago", "昨天"; within a minute "just now". */
export function formatRelative(at: Date, now: Date, locale: string): string {
  const seconds = (at.getTime() - now.getTime()) / 1000;
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  for (const [unit, length] of steps) {
    if (Math.abs(seconds) >= length) return spaceOut(format.format(Math.trunc(seconds / length), unit));
  }
  return sayJustNow(locale);
}

/** Date and time to the second, then the zone. `zone` is an IANA name. */
export function formatExact(at: Date, locale: string, zone: string): string {
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium', timeZone: zone }).format(at);
  return `${spaceOut(moment)} ${nameZone(at, locale, zone)}`;
}

/** What the zone is called at that instant: EST in winter, EDT in summer. */
export function nameZone(at: Date, locale: string, zone: string): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'short' }).formatToParts(at);
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? zone;
}

/** The day alone. `zone` is an IANA name. */
export function formatDay(at: Date, locale: string, zone: string): string {
  return spaceOut(new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: zone }).format(at));
}

/** Month and day, as an axis has room for. `zone` is an IANA name. */
export function formatMonthDay(at: Date, locale: string, zone: string): string {
  return spaceOut(new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric', timeZone: zone }).format(at));
}

/** Day and hour in digits, as an axis has room for. `zone` is an IANA name. */
export function formatHour(at: Date, locale: string, zone: string): string {
  return new Intl.DateTimeFormat(locale, { month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone }).format(at);
}
