import { z } from 'zod';
import type { ErrorName } from './error.ts';
import type { Permission } from './permission.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type Access = Permission | 'signed-in' | 'public';
/** What a request may be let in by: a session's token alone, or a person's API key too. */
export type Carriers = 'session' | 'any';
/** `json` answers the envelope, `stream` server-sent events, `oauth` RFC 6749's own bodies, `file` bytes to be saved, `image` bytes to be drawn. */
export type AnswerKind = 'json' | 'stream' | 'oauth' | 'file' | 'image';

const nothing = z.strictObject({});
type Nothing = typeof nothing;

export interface Endpoint<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  D extends z.ZodType = z.ZodType,
  A extends Access = Access,
> {
  kind: AnswerKind;
  method: Method;
  /** Below the surface's root, OpenAPI style: `/api/v1/admin/users/{id}`. */
  path: string;
  summary: string;
  params: P;
  query: Q;
  body: B;
  /** The answer's `data`; for a stream, one event. */
  data: D;
  status: 200 | 201 | 202 | 204;
  errors: readonly ErrorName[];
  permission: A;
  /** Without a permission it is about the person, which no key speaks for: `session`, unless it says otherwise. */
  carriers: Carriers;
  /** Open to somebody who must set up a second factor before anything else. */
  before_enrolment: boolean;
  effect: 'read' | 'write';
  /** The audit action a successful write leaves; null only where nothing that lasts is changed. */
  audit: string | null;
  /** It changes something that has a version: 412 where If-Match names another one than it has. */
  versioned: boolean;
  /** Bytes of the body at most. */
  body_limit: number;
  /** An answer with a secret that is shown once is never replayed to an Idempotency-Key. */
  replayable: boolean;
}

interface Definition<P, Q, B, D, A> {
  method: Method;
  path: string;
  summary: string;
  params?: P;
  query?: Q;
  body?: B;
  data?: D;
  status?: Endpoint['status'];
  errors?: readonly ErrorName[];
  permission: A;
  carriers?: Carriers;
  before_enrolment?: boolean;
  effect?: 'read' | 'write';
  audit?: string | null;
  versioned?: boolean;
  body_limit?: number;
  replayable?: boolean;
}

const JSON_LIMIT = 1024 * 1024;

/** A maker of endpoints of one kind; what a definition leaves out gets its default. */
function defineAs(kind: AnswerKind) {
  return <
    const A extends Access,
    P extends z.ZodType = Nothing,
    Q extends z.ZodType = Nothing,
    B extends z.ZodType = Nothing,
    D extends z.ZodType = Nothing,
  >(
    definition: Definition<P, Q, B, D, A>,
  ): Endpoint<P, Q, B, D, A> => ({
    kind,
    effect: definition.method === 'GET' ? 'read' : 'write',
    carriers: definition.permission === 'signed-in' ? 'session' : 'any',
    before_enrolment: false,
    status: 200,
    errors: [],
    audit: null,
    versioned: definition.method === 'PATCH',
    body_limit: JSON_LIMIT,
    replayable: true,
    ...definition,
    // The defaults' type is Nothing exactly where the definition left the part out, which generics cannot say.
    params: definition.params ?? (nothing as unknown as P),
    query: definition.query ?? (nothing as unknown as Q),
    body: definition.body ?? (nothing as unknown as B),
    data: definition.data ?? (nothing as unknown as D),
  });
}

/** One route as a value: validation, OpenAPI, client types, permission check and test matrices are derived from it. */
export const endpoint = defineAs('json');

/** As `endpoint`, for a route that answers server-sent events; `data` is the union of its events. */
export const stream = defineAs('stream');

/** As `endpoint`, for a route that answers a file to be saved: no envelope, and a failure before the first byte is JSON as ever. */
export const file = defineAs('file');

/** As `endpoint`, for a route that answers a picture, whose bytes are for ever those of its id: browsers keep it. */
export const image = defineAs('image');

/** As `endpoint`, for OAuth's token route: form in, RFC 6749's body out, no envelope. */
export const oauth = defineAs('oauth');
