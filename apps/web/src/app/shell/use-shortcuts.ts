import { useEffect, useRef } from 'react';
import { choosePreferences, usePreferences } from '../preferences.ts';
import { openOver, useShell } from './shell-store.ts';
import type { Command } from './use-commands.ts';

const SECOND_KEY_MS = 1200;

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

/** The command that `keys` (upper case, in order) stand for, or null. */
function findCommand(commands: Command[], keys: string[]): Command | null {
  return commands.find((command) => command.keys.length > 0 && command.keys.join(' ') === keys.join(' ')) ?? null;
}

/** Listens on the whole page; single keys rest while somebody types, an input method composes or something is open on top. */
export function useShortcuts(commands: Command[]): void {
  const latest = useRef(commands);
  latest.current = commands;
  useEffect(() => {
    let first: { key: string; at: number } | null = null;
    function press(event: KeyboardEvent) {
      if (event.isComposing || event.defaultPrevented) return;
      if ((event.metaKey || event.ctrlKey) && !event.altKey && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        openOver(useShell.getState().open === 'palette' ? null : 'palette');
        return;
      }
      if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target) || useShell.getState().open !== null || document.querySelector('dialog[open]')) return;
      // A Chinese keyboard's question mark is the full-width one.
      const key = event.key.toUpperCase().replace('？', '?');
      const both = first !== null && event.timeStamp - first.at < SECOND_KEY_MS ? [first.key, key] : [key];
      first = both.length === 1 && key === 'G' ? { key, at: event.timeStamp } : null;
      if (key === '[') choosePreferences({ collapsed: !usePreferences.getState().collapsed });
      const command = findCommand(latest.current, both);
      if (command === null) return;
      event.preventDefault();
      command.run();
    }
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}
