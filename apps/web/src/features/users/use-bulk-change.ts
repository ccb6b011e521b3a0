import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { User } from '@lyss/api-types';
import { isStale } from '../../api/failure.ts';
import type { Overtaken } from '../../app/list/use-basis.ts';
import { updateUser, user as oneUser } from './api.ts';

/** Whom the server refused, why, and what somebody else had saved where it was that. */
export interface Refused {
  user: User;
  failure: Error;
  overtaken: Overtaken<User> | null;
}

interface BulkChange {
  users: readonly User[];
  status: 'active' | 'disabled';
  onDone: () => void;
}

/**
 * Changes one person after the other. Who was refused is left for another try, upon the version that was then shown;
 * `stop` lets the one under way end and leaves those behind it. The list is fetched again once, at the end.
 */
export function useBulkChange({ users, status, onDone }: BulkChange) {
  const client = useQueryClient();
  const [left, setLeft] = useState(users);
  const [refused, setRefused] = useState<readonly Refused[]>([]);
  const [done, setDone] = useState<number | null>(null);
  const stopped = useRef(false);
  const stop = () => {
    stopped.current = true;
  };
  useEffect(() => {
    stopped.current = false;
    // Whoever leaves the page leaves those that are still to come as they are.
    return stop;
  }, []);

  async function change(user: User): Promise<Refused | null> {
    try {
      await updateUser({ id: user.id, version: user.version, body: { status } });
      return null;
    } catch (thrown) {
      const failure = thrown instanceof Error ? thrown : new Error(String(thrown));
      const now = isStale(failure) ? await client.fetchQuery({ ...oneUser(user.id), staleTime: 0 }).catch(() => null) : null;
      return { user: now ?? user, failure, overtaken: now && { from: user, to: now } };
    }
  }

  async function run(): Promise<void> {
    stopped.current = false;
    const found: Refused[] = [];
    let tried = 0;
    for (const user of left) {
      if (stopped.current) break;
      setDone(tried);
      const refusal = await change(user);
      if (refusal) found.push(refusal);
      tried += 1;
    }
    const rest = [...found.map(({ user }) => user), ...left.slice(tried)];
    setDone(null);
    setRefused(found);
    void client.invalidateQueries({ queryKey: ['users'] });
    if (rest.length === 0) onDone();
    else setLeft(rest);
  }
  return { left, refused, /** How many of them are done; null where nothing runs. */ done, run, stop };
}
