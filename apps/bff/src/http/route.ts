import type { Endpoint, Permission } from '@lyss/api-types';
import type { z } from 'zod';
import type { Actor, Caller } from '../actor.ts';
import { AppError } from '../errors.ts';
import type { ByteRange } from './byte-range.ts';
import type { SessionTokens } from './session-cookie.ts';

type Who<E extends Endpoint> = E['permission'] extends 'public' ? null : E['permission'] extends Permission | 'signed-in' ? Actor : Actor | null;

export interface RouteInput<E extends Endpoint> {
  actor: Who<E>;
  caller: Caller;
  params: z.output<E['params']>;
  query: z.output<E['query']>;
  body: z.output<E['body']>;
  /** The version that If-Match names; null where the header is absent. */
  if_match: number | null;
  refresh_cookie: string | null;
  /** What this browser keeps of a sign-in elsewhere. */
  attempt_cookie: string | null;
  /** The access token that came with the request, by whichever carrier; read by the few public routes that end a session. */
  access_token: string | null;
  /** Looks at the caller again; throws where they may no longer do this. For work that takes long before it writes. */
  confirm(): Promise<void>;
  last_event_id: number;
  /** Aborts when the client goes away. */
  signal: AbortSignal;
}

/** Data alone, or data with cookies to set: tokens, or null to clear them. */
export class WithSession<T> {
  readonly data: T;
  readonly session: SessionTokens | null;
  constructor(data: T, session: SessionTokens | null) {
    this.data = data;
    this.session = session;
  }
}

/** Data, and what the browser keeps until it comes back from a sign-in elsewhere. */
export class WithAttempt<T> {
  readonly data: T;
  readonly attempt: { secret: string; seconds: number };
  constructor(data: T, attempt: { secret: string; seconds: number }) {
    this.data = data;
    this.attempt = attempt;
  }
}

/** 2003 with what `cause` tells, and the answer clears the session's cookies. */
export class SessionEnded extends AppError {
  constructor(cause: AppError) {
    super('TOKEN_INVALID', { cause, ...(cause.details ? { details: cause.details } : {}) });
  }
}

export interface LoggedEvent {
  seq: number;
  event: string;
  data: unknown;
}

/** A stream’s answer: events in batches that were ready together. `follow` may be called once; it ends when the log does or `signal` aborts. */
export interface StreamAnswer {
  content_location: string;
  follow(signal: AbortSignal): AsyncIterable<LoggedEvent[]>;
}

/** A file's answer: read once, in pieces, all of it or a part, until its end or `signal` aborts. */
export interface FileAnswer {
  name: string;
  media_type: string;
  bytes: number;
  /** In hexadecimal, where it is known. */
  sha256?: string | null;
  read(signal: AbortSignal, part?: ByteRange): AsyncIterable<Uint8Array>;
}

/** A picture's answer: small, and never another one under the same `etag`. */
export interface ImageAnswer {
  media_type: string;
  etag: string;
  bytes: Uint8Array;
}

/** A 204 has nothing to say. */
type Answer<E extends Endpoint> = [z.input<E['data']>] extends [Record<string, never>] ? unknown : z.input<E['data']>;

export interface Route {
  endpoint: Endpoint;
  run(input: RouteInput<Endpoint>): Promise<unknown>;
  /** For a stream with an Idempotency-Key that was seen before: the same stream again, from its location. */
  replay?: (location: string, input: RouteInput<Endpoint>) => Promise<StreamAnswer>;
  /** Goes on with a session or ends it by the token that it brings, and counts as that session's call. */
  keeps_session?: boolean;
}

/** Ties an endpoint to its service call; everything else of HTTP is done around it. */
export function route<E extends Endpoint>(endpoint: E, run: (input: RouteInput<E>) => Promise<Answer<E> | WithSession<Answer<E>> | WithAttempt<Answer<E>>>): Route {
  // The mount validates by this very endpoint before it calls, so the input is what `run` asks for.
  return { endpoint, run: run as Route['run'] };
}

/** As `route`, for what somebody must be let do who is signed in, though their access token has ended. */
export const sessionRoute = <E extends Endpoint>(...given: Parameters<typeof route<E>>): Route => ({ ...route<E>(...given), keeps_session: true });

/** As `route`, for an endpoint that answers a stream. */
export function streamRoute<E extends Endpoint>(
  endpoint: E,
  run: (input: RouteInput<E>) => Promise<StreamAnswer>,
  replay?: (location: string, input: RouteInput<E>) => Promise<StreamAnswer>,
): Route {
  return { endpoint, run: run as Route['run'], ...(replay ? { replay: replay as NonNullable<Route['replay']> } : {}) };
}

/** As `route`, for an endpoint that answers a file. */
export function fileRoute<E extends Endpoint>(endpoint: E, run: (input: RouteInput<E>) => Promise<FileAnswer>): Route {
  return { endpoint, run: run as Route['run'] };
}

/** As `route`, for an endpoint that answers a picture. */
export function imageRoute<E extends Endpoint>(endpoint: E, run: (input: RouteInput<E>) => Promise<ImageAnswer>): Route {
  return { endpoint, run: run as Route['run'] };
}
