import type { Endpoint } from '@lyss/api-types';
import { z } from 'zod';
import type { Sent } from '../contract-cases.ts';

export interface Field {
  part: 'params' | 'query' | 'body';
  /** Steps from the part's root; `[]` any element, `{}` any key. */
  path: string[];
  /** `body people.[].email`, as exemptions and failures name it. */
  name: string;
  /** It names something by its id. */
  is_id: boolean;
  isFit(value: string): boolean;
}
type Leaf = Pick<Field, 'path' | 'is_id' | 'isFit'>;

const NO_TEXT = new Set(['enum', 'literal', 'number', 'int', 'boolean', 'bigint', 'null', 'undefined', 'never', 'date']);

/** Every place of a request where a text may stand that names something of somebody's: out of the endpoint's own schemas. */
export function listFields({ params, query, body }: Endpoint): Field[] {
  const found = Object.entries({ params, query, body }).flatMap(([part, schema]) =>
    // The three names of the object above.
    walk(schema, []).map((leaf): Field => ({ ...leaf, part: part as Field['part'], name: `${part} ${leaf.path.join('.')}` })),
  );
  return [...new Map(found.map((field) => [`${field.name} ${field.is_id}`, field])).values()];
}

function walk(schema: z.core.$ZodType, path: string[]): Leaf[] {
  if (schema instanceof z.ZodObject) return Object.entries(schema.shape).flatMap(([name, inner]) => walk(inner as z.core.$ZodType, [...path, name]));
  if (schema instanceof z.ZodArray) return walk(schema.element, [...path, '[]']);
  if (schema instanceof z.ZodRecord) return walk(schema.valueType, [...path, '{}']);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => walk(option, path));
  if (schema instanceof z.ZodIntersection) return [...walk(schema.def.left, path), ...walk(schema.def.right, path)];
  // What a text is piped into says more of it: an address, not any text.
  if (schema instanceof z.ZodPipe) return walk(schema.in, path).map((leaf) => (leaf.path === path ? { ...leaf, isFit: fits(schema) } : leaf));
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodReadonly || schema instanceof z.ZodCatch) return walk(schema.def.innerType, path);
  const { type, format } = schema._zod.def as { type: string; format?: string };
  if (NO_TEXT.has(type)) return [];
  if (type !== 'string' && type !== 'unknown' && type !== 'any') throw new Error(`how is a ${type} walked? (${path.join('.')})`);
  const last = path.findLast((step) => step !== '[]' && step !== '{}') ?? '';
  return [{ path, is_id: format === 'uuid' || /(?:^|_)ids?$/.test(last), isFit: fits(schema) }];
}

const fits = (schema: z.core.$ZodType) => (value: string) => z.safeParse(schema, value).success;

/** The same request with another value in one place. */
export function put(sent: Sent, { part, path }: Pick<Field, 'part' | 'path'>, value: string): Sent {
  const [step = ''] = path;
  if (part !== 'body') return { ...sent, [part]: { ...sent[part], [step]: value } };
  if (!(sent.body instanceof URLSearchParams)) return { ...sent, body: putInside(sent.body, path, value) };
  const form = new URLSearchParams(sent.body);
  form.set(step, value);
  return { ...sent, body: form };
}

function putInside(target: unknown, [step, ...rest]: string[], value: string): unknown {
  if (step === undefined) return value;
  if (step === '[]') {
    const list: unknown[] = Array.isArray(target) ? target : [];
    return [putInside(list[0], rest, value), ...list.slice(1)];
  }
  const members = typeof target === 'object' && target !== null ? (target as Record<string, unknown>) : {};
  const name = step === '{}' ? 'any' : step;
  return { ...members, [name]: putInside(members[name], rest, value) };
}

/** Whether a request says anything there. */
export function has(sent: Sent, { part, path }: Pick<Field, 'part' | 'path'>): boolean {
  let value: unknown = sent[part];
  for (const step of path) value = step === '[]' && Array.isArray(value) ? value[0] : typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[step] : undefined;
  return value !== undefined;
}

/** Another text of the same form, that names nothing. */
export function randomizeLike(text: string): string {
  if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)) return crypto.randomUUID();
  const [name = '', ...domain] = text.split('@');
  const bytes = crypto.getRandomValues(new Uint8Array(name.length));
  const mixed = [...name].map((letter, at) => (/[a-z]/i.test(letter) ? String.fromCodePoint(97 + ((bytes[at] ?? 0) % 26)) : /\d/.test(letter) ? String((bytes[at] ?? 0) % 10) : letter));
  return [mixed.join(''), ...domain].join('@');
}
