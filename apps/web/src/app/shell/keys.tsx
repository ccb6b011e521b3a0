import './sheet.css';

/** ⌘ on Apple's machines, Ctrl elsewhere. */
export const modKey = /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl';

/** Keys as they are printed on a keyboard. */
export function Keys({ keys }: { keys: readonly string[] }) {
  if (keys.length === 0) return null;
  return (
    <span className="shell-keys">
      {keys.map((key) => <kbd key={key}>{key}</kbd>)}
    </span>
  );
}
