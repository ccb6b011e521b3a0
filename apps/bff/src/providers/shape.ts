/** Readers of JSON that somebody else wrote: the value where it has the shape, else null or empty. They never throw. */
export function asRecord(value: unknown): Record<string, unknown> | null {
  // The check is the proof: a plain object's fields are unknown until each is read.
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
}

export function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

export function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
