import { create } from 'zustand';
import { randomId } from '../../../api/random-id.ts';

/** The draft of a chat that has no conversation yet. */
export const NEW_CHAT = 'new';

const PREFIX = 'lyss.draft.';

/** A text that is under way: no longer in the box, and not forgotten until the server has it. */
interface Held {
  id: string;
  text: string;
}

interface Draft {
  typed: string;
  held: readonly Held[];
}

// Per tab and only until it is closed: what somebody was writing is nobody else's.
function read(key: string): string {
  try {
    return sessionStorage.getItem(PREFIX + key) ?? '';
  } catch {
    return '';
  }
}

function write(key: string, text: string): void {
  try {
    if (text === '') sessionStorage.removeItem(PREFIX + key);
    else sessionStorage.setItem(PREFIX + key, text);
  } catch {
    // A full or forbidden storage costs the draft after a reload, nothing else.
  }
}

const useDrafts = create<Record<string, Draft>>(() => ({}));

function findDraft(key: string): Draft {
  return useDrafts.getState()[key] ?? { typed: read(key), held: [] };
}

// The same words twice are one text that came back and was typed again.
function join(texts: readonly string[]): string {
  return [...new Set(texts)].filter((text) => text.trim() !== '').join('\n\n');
}

function place(key: string, draft: Draft): void {
  // What is under way counts as written: a reload in between brings it back into the box.
  write(key, draft.held.length === 0 ? draft.typed : join([...draft.held.map(({ text }) => text), draft.typed]));
  useDrafts.setState({ [key]: draft });
}

export function readDraft(key: string): string {
  return findDraft(key).typed;
}

export function replaceDraft(key: string, text: string): void {
  place(key, { ...findDraft(key), typed: text });
}

/** Puts a text in front of what has been typed, which is never overwritten. */
export function restoreDraft(key: string, text: string): void {
  const draft = findDraft(key);
  place(key, { ...draft, typed: draft.typed.trim() === '' ? text : join([text, draft.typed]) });
}

/** Keeps a text that is sent now until `releaseText` (the server has it) or `returnText` (it was refused). Returns its id. */
export function holdText(key: string, text: string): string {
  const draft = findDraft(key);
  const held = { id: randomId(), text };
  place(key, { ...draft, held: [...draft.held, held] });
  return held.id;
}

/** Lets a held text go. Returns it, or null where it is gone: the person has signed out. */
export function releaseText(key: string, id: string): string | null {
  const draft = findDraft(key);
  const found = draft.held.find((held) => held.id === id);
  if (found === undefined) return null;
  place(key, { ...draft, held: draft.held.filter((held) => held !== found) });
  return found.text;
}

/** Puts a held text back into the box, before what was typed since. */
export function returnText(key: string, id: string): void {
  const text = releaseText(key, id);
  if (text !== null) restoreDraft(key, text);
}

/** Takes what was typed in one box along to another one. */
export function moveDraft(from: string, to: string): void {
  const typed = readDraft(from);
  if (typed === '') return;
  replaceDraft(from, '');
  restoreDraft(to, typed);
}

/** Forgets every draft of this tab: the next person to sign in must not find them. */
export function removeDrafts(): void {
  useDrafts.setState({}, true);
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
  } catch {
    // Nothing was stored then.
  }
}

/** The text of one conversation's composer, kept over reloads of the tab. */
export function useDraft(key: string): [string, (text: string) => void] {
  const text = useDrafts((drafts) => drafts[key]?.typed) ?? read(key);
  return [text, (next) => replaceDraft(key, next)];
}
