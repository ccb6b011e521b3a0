import { useMemo, useRef, useState } from 'react';
import { listPath, parentKey, type Choices, type PathStep } from './messages/message-path.ts';
import type { MessageTree } from './messages/message-tree.ts';
import type { Message } from '@lyss/api-types';
import { useLiveStore, type LiveTurn } from './replies/live-store.ts';
import { listRows, reuseRows, type MessageRow } from './rows.ts';

interface ShownRows {
  rows: MessageRow[];
  path: PathStep[];
  choose: (message: Message, sibling_id: string) => void;
  /** Shows the newest branch below a parent again (`ROOT` for the beginnings): something new is made there. */
  showNewest: (parent: string) => void;
}

/** The rows of the branch that is shown, and the ways to another one. */
export function useRows(tree: MessageTree | undefined, turns: readonly LiveTurn[]): ShownRows {
  const [choices, setChoices] = useState<Choices>({});
  const keys = useLiveStore((state) => state.keys);
  const path = useMemo(() => listPath(tree?.messages ?? [], choices), [tree, choices]);
  const ids = useMemo(() => new Set(tree?.messages.map((message) => message.id)), [tree]);
  const before = useRef<MessageRow[]>([]);
  const rows = useMemo(() => {
    before.current = reuseRows(before.current, listRows(path, turns, (id) => ids.has(id), keys));
    return before.current;
  }, [path, turns, ids, keys]);
  return {
    rows,
    path,
    choose: (message, sibling_id) => setChoices((made) => ({ ...made, [parentKey(message)]: sibling_id })),
    showNewest: (parent) => setChoices(({ [parent]: _gone, ...others }) => others),
  };
}
