import { useEffect, useState } from 'react';
import { isSameDay } from './group-by-day.ts';

const LOOK_MS = 60_000;

/** An instant (ms since 1970) of the person's present day, in their IANA zone; another one within a minute of their midnight, or once a page that slept over it is seen again. */
export function useToday(timeZone: string): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const look = () => setNow((then) => (isSameDay(then, Date.now(), timeZone) ? then : Date.now()));
    const timer = setInterval(look, LOOK_MS);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [timeZone]);
  return now;
}
