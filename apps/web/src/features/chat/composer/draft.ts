import { create } from 'zustand';

/** The draft of a chat that has no conversation yet. */
export const NEW_CHAT = 'new';

const PREFIX = 'lyss.draft.';

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

const useDrafts = create<Record<string, string>>(() => ({}));

export function readDraft(key: string): string {
  return useDrafts.getState()[key] ?? read(key);
}

export function replaceDraft(key: string, text: string): void {
  write(key, text);
  useDrafts.setState({ [key]: text });
}

/** Puts a text that was not sent back in front of what has been typed since. */
export function restoreDraft(key: string, text: string): void {
  const typed = readDraft(key);
  replaceDraft(key, typed.trim() === '' || typed === text ? text : `${text}\n\n${typed}`);
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
  const text = useDrafts((drafts) => drafts[key]) ?? read(key);
  return [text, (next) => replaceDraft(key, next)];
}
