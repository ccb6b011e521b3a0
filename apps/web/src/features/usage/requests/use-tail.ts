import { useEffect, useMemo, useRef, useState, type RefObject } from 'react';
import type { LoggedRequest } from '@lyss/api-types';
import { listNewer, type RequestsQuery } from './api.ts';

const EVERY_MS = 2_000;
// Calls that end in the same moment are not seen in their order: a little is read again each time.
const OVERLAP_MS = 5_000;
const PAGE = 100;
const MOST_ROWS = 500;

/** What came since, before what was there: each once, the newest first. */
export function mergeRows(fresh: readonly LoggedRequest[], rows: readonly LoggedRequest[]): LoggedRequest[] {
  const each = new Map([...fresh, ...rows].map((row) => [row.id, row]));
  return [...each.values()].toSorted((one, other) => other.created_at.localeCompare(one.created_at) || other.id.localeCompare(one.id)).slice(0, MOST_ROWS);
}

/** From when on something is new to who has seen `rows`. */
export function readSince(rows: readonly LoggedRequest[], started: number, from: string | undefined): string {
  const newest = Math.max(...rows.map(({ created_at }) => Date.parse(created_at)), 0);
  const since = new Date((newest || started) - OVERLAP_MS).toISOString();
  return from !== undefined && from > since ? from : since;
}

interface TailInput {
  /** Absent: nothing comes by itself. */
  query: RequestsQuery | null;
  rows: readonly LoggedRequest[] | undefined;
  isHeld: boolean;
  list: RefObject<HTMLElement | null>;
}

/** Whether somebody looks at the list's beginning, and marks nothing in it. */
function isWatched(list: HTMLElement | null): boolean {
  if (document.visibilityState !== 'visible' || list === null || list.matches(':hover')) return false;
  return list.getBoundingClientRect().bottom > 0 && list.getBoundingClientRect().top > -list.clientHeight && (getSelection()?.isCollapsed ?? true);
}

/** Fetches what is new every two seconds, while the page is visible, somebody is at its top and nothing holds it. */
export function useTail({ query, rows, isHeld, list }: TailInput) {
  const [fresh, setFresh] = useState<LoggedRequest[]>([]);
  const [failure, setFailure] = useState<Error | null>(null);
  const key = JSON.stringify(query);
  const seen = useRef({ rows: rows ?? [], isHeld });
  const isOn = query !== null;
  const shown = useMemo(() => (isOn ? mergeRows(fresh, rows ?? []) : rows), [isOn, fresh, rows]);
  seen.current = { rows: shown ?? [], isHeld };

  useEffect(() => {
    setFresh([]);
    setFailure(null);
    const asked = JSON.parse(key) as RequestsQuery | null;
    if (asked === null) return undefined;
    const control = new AbortController();
    const started = Date.now();
    let isBusy = false;
    const look = async () => {
      if (isBusy || seen.current.isHeld || !isWatched(list.current)) return;
      isBusy = true;
      try {
        const { items } = await listNewer({ ...asked, from: readSince(seen.current.rows, started, asked.from), page_size: PAGE }, control.signal);
        const known = new Set(seen.current.rows.map(({ id }) => id));
        const more = items.filter(({ id }) => !known.has(id));
        if (more.length > 0) setFresh((before) => mergeRows(more, before));
        setFailure(null);
      } catch (error) {
        if (!control.signal.aborted) setFailure(error instanceof Error ? error : new Error(String(error)));
      } finally {
        isBusy = false;
      }
    };
    const timer = setInterval(() => void look(), EVERY_MS);
    return () => {
      clearInterval(timer);
      control.abort();
    };
  }, [key, list]);

  return { rows: shown, came: fresh.length, failure };
}
