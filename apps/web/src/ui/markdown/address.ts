const named: Record<string, string> = {
  amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00A0', copy: '©', reg: '®', trade: '™', hellip: '…', mdash: '—', ndash: '–',
  lsquo: '‘', rsquo: '’', ldquo: '“', rdquo: '”', laquo: '«', raquo: '»', bull: '•', middot: '·', times: '×', divide: '÷', deg: '°', plusmn: '±',
  le: '≤', ge: '≥', ne: '≠', asymp: '≈', larr: '←', rarr: '→', uarr: '↑', darr: '↓', harr: '↔', infin: '∞', euro: '€', pound: '£', yen: '¥', cent: '¢', sect: '§', para: '¶',
};

const MAX_CODE_POINT = 0x10_ff_ff;

function fromNumber(code: number): string {
  const drawable = code > 0 && code <= MAX_CODE_POINT && (code < 0xd800 || code > 0xdfff);
  return drawable ? String.fromCodePoint(code) : '\uFFFD';
}

/** Character references to characters, as text and nothing else (CommonMark 0.31 §2.5; the names that models write). Unknown names stay as they are. */
export function decodeReferences(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([a-zA-Z]{2,8}));/g, (whole, decimal?: string, hex?: string, name?: string) => {
    if (decimal !== undefined) return fromNumber(Number.parseInt(decimal, 10));
    if (hex !== undefined) return fromNumber(Number.parseInt(hex, 16));
    return name !== undefined && Object.hasOwn(named, name) ? (named[name] ?? whole) : whole;
  });
}

const allowed = new Set(['http:', 'https:', 'mailto:']);

/**
 * The one gate for addresses in a model's text: http, https and mailto, absolute, as the URL standard reads them.
 * @returns the normalised address that will be shown and opened, or null: then the link becomes text.
 */
export function findAddress(href: string): string | null {
  try {
    const url = new URL(href);
    return allowed.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}
