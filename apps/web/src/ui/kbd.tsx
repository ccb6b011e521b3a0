import './parts.css';

const apple = typeof navigator !== 'undefined' && /mac|iphone|ipad/i.test(navigator.userAgent);
const glyphs: Record<string, string> = apple ? { mod: '⌘', shift: '⇧', alt: '⌥', enter: '↵' } : { mod: 'Ctrl', shift: 'Shift', alt: 'Alt', enter: '↵' };

/** Keys of a shortcut, written as this machine writes them: `mod+k` is ⌘K on a Mac and Ctrl K elsewhere. */
export function Kbd({ keys }: { keys: string }) {
  const names = keys.split('+').map((key) => glyphs[key.toLowerCase()] ?? (key.length === 1 ? key.toUpperCase() : key));
  return <kbd className="ui-kbd">{names.join(apple ? '' : ' ')}</kbd>;
}
