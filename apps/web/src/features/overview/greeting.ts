export type Daytime = 'night' | 'morning' | 'noon' | 'afternoon' | 'evening';

/** The time of day in a zone, as people greet each other then. */
export function readDaytime(now: Date, time_zone: string): Daytime {
  const hour = Number(new Intl.DateTimeFormat('en-GB', { hour: '2-digit', hourCycle: 'h23', timeZone: time_zone }).format(now));
  if (hour < 5) return 'night';
  if (hour < 11) return 'morning';
  if (hour < 13) return 'noon';
  return hour < 18 ? 'afternoon' : 'evening';
}
