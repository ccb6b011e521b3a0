import { AppError } from '../../errors.ts';
import type { OpenAiDialect } from '../../providers/openai.ts';
import { asRecord } from '../../providers/shape.ts';
import { scanBody, type ScannedBody, type Span } from './scan-body.ts';

export type CallKind = 'chat' | 'embeddings';

/** What the gateway reads of a request's body; everything else of it travels on as it came. */
export interface Asked {
  kind: CallKind;
  bytes: Buffer;
  scanned: ScannedBody;
  model: string;
  is_stream: boolean;
  /** Whether the caller wants the chunk with the usage. */
  wants_usage: boolean;
  /** The longest answer that the caller lets come; null where they said nothing. */
  max_tokens: number | null;
  /** How many answers. */
  answers: number;
}

const MODEL_CHARACTERS = 200;
const MOST_ANSWERS = 128;
// Above any model's; what is said beyond it counts as this.
const MOST_TOKENS = 10_000_000;

/** Throws 1001, 1002 or 1003 for a body that can't be passed on. */
export function readAsked(kind: CallKind, bytes: Buffer): Asked {
  const scanned = scanBody(bytes);
  const read = (name: string) => readMember(bytes, scanned.members.get(name));
  const needed = kind === 'chat' ? 'messages' : 'input';
  const missing = ['model', needed].filter((name) => read(name) === null);
  if (missing.length > 0) throw new AppError('MISSING_REQUIRED_FIELD', { details: { issues: missing.map((path) => describeIssue(path, 'required')) } });
  const model = read('model');
  if (typeof model !== 'string' || model === '' || model.length > MODEL_CHARACTERS) throw refuseField('model');
  const stream = kind === 'chat' ? (read('stream') ?? false) : false;
  if (typeof stream !== 'boolean') throw refuseField('stream');
  const options = read('stream_options');
  if (options !== null && !asRecord(options)) throw refuseField('stream_options');
  const limits = kind === 'chat' ? ['max_completion_tokens', 'max_tokens'].map((name) => readCount(name, read(name), MOST_TOKENS)) : [];
  const answers = kind === 'chat' ? (readCount('n', read('n'), MOST_ANSWERS) ?? 1) : 1;
  // Which of the two a supplier obeys is its own affair: the longer one is what may come.
  const given = limits.filter((limit) => limit !== null);
  return { kind, bytes, scanned, model, is_stream: stream, wants_usage: asRecord(options)?.['include_usage'] === true, max_tokens: given.length > 0 ? Math.max(...given) : null, answers };
}

/** Members whose values are looked at are short; a long one is no such value. */
const READ_BYTES = 4_096;

/** The value of a member; null where it is absent or null; a list or a long value stands for itself as `[]`. */
function readMember(bytes: Buffer, span: Span | undefined): unknown {
  if (!span) return null;
  if (span.end - span.start > READ_BYTES || bytes[span.start] === OPEN_ARRAY) return [];
  try {
    return JSON.parse(bytes.toString('utf8', span.start, span.end)) as unknown;
  } catch (error) {
    throw new AppError('INVALID_FORMAT', { details: { reason: 'not JSON' }, cause: error });
  }
}
const OPEN_ARRAY = 0x5b;

function readCount(path: string, value: unknown, most: number): number | null {
  if (value === null) return null;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1) throw refuseField(path);
  return Math.min(value, most);
}

export function refuseField(path: string, code = 'invalid_value'): AppError {
  return new AppError('INVALID_INPUT', { details: { issues: [describeIssue(path, code)] } });
}

const describeIssue = (path: string, code: string) => ({ path, code, message: code });

/** The body as this supplier gets it: its own name of the model, usage asked for, the answer's length bounded where a budget bounds it. */
export function writeBody({ bytes, scanned, is_stream, max_tokens }: Asked, given: { supplier_model: string; dialect: OpenAiDialect; cap: number | null }): Buffer {
  const { supplier_model, dialect, cap } = given;
  const edits = [{ ...spanOf(scanned, 'model'), text: JSON.stringify(supplier_model) }];
  const added: Record<string, unknown> = {};
  if (is_stream && dialect.include_usage) {
    const span = scanned.members.get('stream_options');
    const options = { ...asRecord(readMember(bytes, span)), include_usage: true };
    if (span) edits.push({ ...span, text: JSON.stringify(options) });
    else added['stream_options'] = options;
  }
  if (cap !== null && max_tokens === null) {
    const field = dialect.max_tokens_field;
    const span = scanned.members.get(field);
    if (span) edits.push({ ...span, text: String(cap) });
    else added[field] = cap;
  }
  const text = JSON.stringify(added).slice(1, -1);
  if (text !== '') edits.push({ start: scanned.end, end: scanned.end, text: `,${text}` });
  return replaceSpans(bytes, edits.toSorted((a, b) => a.start - b.start));
}

function spanOf({ members }: ScannedBody, name: string): Span {
  const span = members.get(name);
  if (!span) throw new Error(`no ${name} in a body that was read`);
  return span;
}

function replaceSpans(bytes: Buffer, edits: readonly (Span & { text: string })[]): Buffer {
  const pieces: Buffer[] = [];
  let at = 0;
  for (const { start, end, text } of edits) {
    pieces.push(bytes.subarray(at, start), Buffer.from(text));
    at = end;
  }
  return Buffer.concat([...pieces, bytes.subarray(at)]);
}
