import type { Part } from '@lyss/api-types';

/** What a reply has said so far, built from its events: live while it runs, or from the log after a crash. */
export interface Transcript {
  add(event: string, data: unknown): void;
  parts(): Part[];
  /** Everything that was delivered, for counting tokens. */
  said(): string;
  isEmpty(): boolean;
}

export function createTranscript(now: () => number = Date.now): Transcript {
  const parts: Part[] = [];
  let reasoning_since = 0;

  const append = (type: 'text' | 'reasoning', delta: string) => {
    const last = parts.at(-1);
    if (last?.type === type) last.text += delta;
    else if (type === 'text') parts.push({ type, text: delta });
    else {
      reasoning_since = now();
      parts.push({ type, text: delta, duration_ms: 0 });
    }
    const current = parts.at(-1);
    if (current?.type === 'reasoning') current.duration_ms = now() - reasoning_since;
  };

  return {
    add(event, data) {
      // The events are our own, written by this process or its predecessor: their shapes are the contract's.
      if (event === 'text' || event === 'reasoning') append(event, (data as { delta: string }).delta);
      if (event === 'tool_call') parts.push({ type: 'tool_call', ...(data as { id: string; name: string; arguments: string }) });
    },
    parts: () => parts,
    said: () => parts.map((part) => (part.type === 'tool_call' ? part.name + part.arguments : 'text' in part ? part.text : '')).join(''),
    isEmpty: () => parts.length === 0,
  };
}
