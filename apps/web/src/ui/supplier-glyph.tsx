import './parts.css';

// Letter marks of our own in quiet tints: a supplier's real logo is its owner's.
const marks: Record<string, readonly [letters: string, hue: number]> = {
  openai: ['O', 165],
  anthropic: ['A', 25],
  google: ['G', 215],
  deepseek: ['D', 228],
  azure: ['Az', 205],
  qwen: ['Q', 262],
  moonshot: ['M', 245],
  zhipu: ['Z', 220],
  ark: ['Ar', 190],
  mistral: ['Mi', 32],
  ollama: ['Ol', 150],
  custom: ['{ }', 210],
  demo: ['~', 180],
};

const HUES = 360;

// A supplier nobody knew when this was written still gets one colour, always the same.
function hueOf(name: string): number {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % HUES;
  return sum;
}

/** A small square that stands for a supplier; decoration beside its name. `size` in px. */
export function SupplierGlyph({ supplier, size = 28 }: { supplier: string; size?: number }) {
  const [letters, hue] = marks[supplier] ?? [supplier.slice(0, 1).toUpperCase(), hueOf(supplier)];
  const fontSize = Math.round(size * (letters.length > 1 ? 0.38 : 0.46));
  const style = { width: size, height: size, fontSize, background: `light-dark(hsl(${hue} 55% 94%), hsl(${hue} 30% 20%))`, color: `light-dark(hsl(${hue} 60% 28%), hsl(${hue} 65% 80%))` };
  return <span className="ui-glyph" style={style} aria-hidden="true">{letters}</span>;
}
