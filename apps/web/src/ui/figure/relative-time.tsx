import { Tooltip } from 'antd';
import { useSyncExternalStore } from 'react';
import { formatExact, formatRelative } from './format-time.ts';
import '../parts.css';

const TICK_MS = 30_000;
const listeners = new Set<() => void>();
let now = Date.now();
let ticking: ReturnType<typeof setInterval> | null = null;

// One clock for every time on the page, and none when no time is on it.
function subscribe(changed: () => void): () => void {
  listeners.add(changed);
  ticking ??= setInterval(() => {
    now = Date.now();
    for (const listener of listeners) listener();
  }, TICK_MS);
  return () => {
    listeners.delete(changed);
    if (listeners.size === 0 && ticking !== null) {
      clearInterval(ticking);
      ticking = null;
    }
  };
}

interface RelativeTimeProps {
  /** ISO 8601. */
  at: string;
  locale: string;
  /** IANA name of the person's zone. */
  zone: string;
}

/** A time as people say it, with the exact one and its zone on hover and on focus. */
export function RelativeTime({ at, locale, zone }: RelativeTimeProps) {
  const current = useSyncExternalStore(subscribe, () => now);
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return <span className="ui-figure is-missing">–</span>;
  // Something that happened after the last tick is not in the future.
  const shown = formatRelative(date, new Date(Math.max(current, Math.min(date.getTime(), Date.now()))), locale);
  return (
    <Tooltip title={formatExact(date, locale, zone)} trigger={['hover', 'focus']}>
      <time className="ui-time" dateTime={date.toISOString()} tabIndex={0}>{shown}</time>
    </Tooltip>
  );
}
