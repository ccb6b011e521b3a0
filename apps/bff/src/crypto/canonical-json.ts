/** RFC 8785 (JSON Canonicalization Scheme): the one text that a JSON value has, whoever writes it. Takes what JSON.parse gives. */
export function canonicalize(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalize).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  // sort() without a comparison orders by UTF-16 code units, as the RFC asks.
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonicalize((value as Record<string, unknown>)[name])}`).join(',')}}`;
}
