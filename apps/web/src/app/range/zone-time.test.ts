import { expect, it } from 'vitest';
import { toInstant, toWallTime } from './zone-time.ts';

it.each([
  ['2026-11-23T08:00', 'UTC', '2026-11-23T08:00:00.000Z'],
  ['2026-11-23T08:00', 'Asia/Shanghai', '2026-11-23T00:00:00.000Z'],
  ['2026-03-29T03:30', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
  ['2026-03-29T01:30', 'Europe/Berlin', '2026-03-29T00:30:00.000Z'],
  ['2026-07-01T00:15', 'Asia/Kolkata', '2026-06-30T18:45:00.000Z'],
])('%s in %s is %s, and back', (wall, zone, instant) => {
  expect(toInstant(wall, zone)).toBe(instant);
  expect(toWallTime(instant, zone)).toBe(wall);
});

it('takes what is no time for nothing', () => {
  expect([toInstant('', 'UTC'), toInstant('soon', 'UTC'), toWallTime('', 'UTC'), toWallTime('soon', 'UTC')]).toEqual(['', '', '', '']);
});
