import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { loadOlder } from '../api.ts';
import type { Older } from './message-list.tsx';
import type { PathStep } from './message-path.ts';
import type { MessageTree } from './message-tree.ts';

/** Pages upwards: needed while the path's first message hangs below one that is not loaded. */
export function useOlder(conversation_id: string, tree: MessageTree | undefined, path: readonly PathStep[]): Older {
  const client = useQueryClient();
  const [state, setState] = useState<'idle' | 'loading' | 'failed'>('idle');
  const load = useCallback(() => {
    setState('loading');
    loadOlder(client, conversation_id).then(
      () => setState('idle'),
      () => setState('failed'),
    );
  }, [client, conversation_id]);
  const needed = tree !== undefined && tree.older_cursor !== null && path[0] !== undefined && path[0].message.parent_id !== null;
  return { needed, loading: state === 'loading', failed: state === 'failed', known: tree?.messages.length ?? 0, load };
}
