import '../parts.css';

export type Tone = 'ok' | 'warn' | 'error' | 'busy' | 'off';

/** A state as a dot and a word: never the colour alone. */
export function StatusDot({ tone, children }: { tone: Tone; children: string }) {
  return <span className={`ui-dot is-${tone}`}>{children}</span>;
}
