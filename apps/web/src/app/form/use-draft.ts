import { useState } from 'react';
import type { Placed } from './place-failure.ts';

interface DraftInput<Draft, Field extends keyof Draft & string, Issue> {
  start: () => Draft;
  fields: readonly Field[];
  /** What keeps a draft from being sent, by field; the server has the last word. */
  judge: (draft: Draft) => Partial<Record<Field, Issue>>;
  say: (issue: Issue) => string;
  /** Whether an issue is said at once, not only after its field was left. */
  isUrgent?: (issue: Issue) => boolean;
  /** What the server said about the draft that was sent last. */
  placed: Placed<Field>;
  change?: (old: Draft, patch: Partial<Draft>) => Draft;
}

/** What is typed into a form, what is wrong with it (said once a field was left or all was sent), and what the server said. */
export function useDraft<Draft, Field extends keyof Draft & string, Issue>({ start, fields, judge, say, isUrgent, placed, change }: DraftInput<Draft, Field, Issue>) {
  const [draft, setDraft] = useState(start);
  const [left, setLeft] = useState<readonly Field[]>([]);
  const [sent, setSent] = useState<Draft | null>(null);
  const issues = judge(draft);
  const sound = Object.keys(issues).length === 0;
  const errorOf = (field: Field): string | undefined => {
    const issue = issues[field];
    if (issue !== undefined && (left.includes(field) || isUrgent?.(issue))) return say(issue);
    // The server's word about a field holds until that field is changed.
    return sent?.[field] === draft[field] ? placed.fields[field] : undefined;
  };
  return {
    draft,
    issues,
    errorOf,
    sound,
    banner: placed.banner,
    change: (patch: Partial<Draft>) => setDraft((old) => (change ? change(old, patch) : { ...old, ...patch })),
    leave: (field: Field) => setLeft((old) => (old.includes(field) ? old : [...old, field])),
    /** Every field counts as left; what is sound counts as sent. */
    send: () => {
      setLeft(fields);
      if (sound) setSent(draft);
    },
  };
}
