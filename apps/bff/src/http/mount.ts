import { platformPermissions, type Endpoint } from '@lyss/api-types';
import type { Context, Hono } from 'hono';
import type { Actor, Caller } from '../actor.ts';
import { AppError } from '../errors.ts';
import { carriesCookie, checkOrigin, readCarried, type Authenticator } from './authenticate.ts';
import { readBytes, readForm, readJson, readPairs } from './body.ts';
import { countCall, type FindIssued } from './count-call.ts';
import { writeEventStream } from './event-stream.ts';
import { sendFile } from './send-file.ts';
import { sendImage } from './send-image.ts';
import { answerOnce, readIdempotentCall, type IdempotencyStore } from './idempotency.ts';
import type { OpenedStream, OpenStreams } from './open-streams.ts';
import type { RateLimits } from './rate-limit.ts';
import { respond } from './respond.ts';
import { WithAttempt, WithSession, type FileAnswer, type ImageAnswer, type Route, type RouteInput, type StreamAnswer } from './route.ts';
import { readCookie, writeAttemptCookie, writeSessionCookies, type CookieNames } from './session-cookie.ts';
import { validate } from './validate.ts';

export interface Env {
  Variables: { caller: Caller };
}

export interface Doors {
  authenticator: Authenticator;
  idempotency: IdempotencyStore;
  rate_limits: RateLimits;
  findIssued: FindIssued;
  open_streams: OpenStreams;
  /** Told of every 2004 that somebody signed in was given. */
  onDenied(actor: Actor, caller: Caller, endpoint: Endpoint, refused: AppError): void;
  cookies: CookieNames;
  origins: ReadonlySet<string>;
}

/** Mounts routes: origin, authentication, rate limit, permission, body, both of these again, validation, idempotency, service, answer; in this order. */
export function mountRoutes(app: Hono<Env>, routes: Route[], doors: Doors): void {
  for (const route of routes) {
    const path = route.endpoint.path.replace(/\{(\w+)\}/g, ':$1');
    app.on(route.endpoint.method, path, (context) => answer(context, route, doors));
  }
}

async function answer(context: Context<Env>, route: Route, doors: Doors): Promise<Response> {
  const { endpoint } = route;
  const request = context.req.raw;
  const caller = context.get('caller');
  const { actor, carried } = await identify(request, endpoint, doors, caller).catch(async (refused: unknown) => {
    // Whoever presents a bad token is nobody yet, and is counted as such. Not before: good tokens of the same network go on.
    if (refused instanceof AppError && refused.is_refusal) await doors.rate_limits.take(null, caller);
    throw refused;
  });
  const { session, bytes } = await countCall(request, route, { actor, carried }, doors, caller);
  try {
    return await admit(context, route, { actor, carried, ...(bytes ? { bytes } : {}) }, doors);
  } catch (refused) {
    // The token of a session that is over makes nobody somebody, either.
    if (session && refused instanceof AppError && refused.is_refusal) await doors.rate_limits.take(null, caller);
    if (actor && refused instanceof AppError && refused.error_name === 'INSUFFICIENT_PERMISSIONS') doors.onDenied(actor, caller, endpoint, refused);
    throw refused;
  }
}

interface Identified {
  actor: Actor | null;
  carried: string | null;
}

async function admit(context: Context<Env>, route: Route, { actor, carried, ...already }: Identified & { bytes?: Uint8Array }, doors: Doors): Promise<Response> {
  const { endpoint } = route;
  const request = context.req.raw;
  authorize(endpoint, actor);
  const judge = async () => {
    if (actor === null || carried === null) return null;
    const current = await doors.authenticator.authenticate(carried, context.get('caller'));
    authorize(endpoint, current);
    return current;
  };
  const bytes = already.bytes ?? (endpoint.method === 'GET' ? new Uint8Array() : await readBytes(request, endpoint.body_limit));
  // A body may take half a minute to come: who was shut out meanwhile is, and does nothing any more.
  const current = endpoint.method === 'GET' ? actor : await judge();
  // Counted in before anything is begun: work that is committed is never told that there was no room for its stream.
  const opened = isLasting(endpoint) && current ? doors.open_streams.open(current, request.signal) : null;
  try {
    return await serve(context, route, { actor: current, carried, bytes, opened, judge }, doors);
  } catch (error) {
    opened?.close();
    throw error;
  }
}

interface Admitted extends Identified {
  bytes: Uint8Array;
  opened: OpenedStream | null;
  /** The caller as they are now; throws where they may no longer do this. */
  judge(): Promise<Actor | null>;
}

async function serve(context: Context<Env>, route: Route, admitted: Admitted, doors: Doors): Promise<Response> {
  const { endpoint } = route;
  const { actor, bytes, opened } = admitted;
  const request = context.req.raw;
  const input = readInput(context, endpoint, admitted, doors);
  const finish = (result: unknown) => {
    if (endpoint.kind === 'image') return sendImage(result as ImageAnswer, request);
    if (!opened) return finishAnswer(result, endpoint, input, doors);
    return endpoint.kind === 'file' ? sendFile(result as FileAnswer, request.headers, opened) : startStream(result as StreamAnswer, opened);
  };
  const work = async () => finish(await route.run(input));
  const call = readIdempotentCall(request, endpoint, { actor, request_id: input.caller.request_id }, bytes);
  if (!call) return work();
  return answerOnce(doors.idempotency, call, endpoint.replayable, work, async (location) => {
    if (!route.replay) throw new AppError('RESOURCE_CONFLICT', { details: { reason: 'shown_once' } });
    return finish(await route.replay(location, input));
  });
}

/** Its answer goes on after it began: it ends with the session that asked for it. */
const isLasting = ({ kind }: Endpoint) => kind === 'stream' || kind === 'file';

async function identify(request: Request, endpoint: Endpoint, doors: Doors, caller: Caller): Promise<Identified> {
  // An answer without a body would hold a stream's place that nobody reads.
  if (isLasting(endpoint) && request.method === 'HEAD') throw new AppError('RESOURCE_NOT_FOUND');
  const carried = readCarried(request, doors.cookies);
  // By the endpoint's method: a HEAD is served as its GET.
  if (endpoint.method !== 'GET') checkOrigin(request, doors.origins, carriesCookie(request, doors.cookies));
  if (endpoint.permission === 'public') return { actor: null, carried };
  if (!carried) throw new AppError('UNAUTHORIZED');
  return { actor: await doors.authenticator.authenticate(carried, caller), carried };
}

function authorize(endpoint: Endpoint, actor: Actor | null): void {
  const { permission, carriers } = endpoint;
  if (actor?.withheld === 'everything' && permission !== 'public' && !endpoint.before_enrolment) throw new AppError('INSUFFICIENT_PERMISSIONS', { details: { reason: 'second_factor_needed' } });
  if (carriers === 'session' && actor?.api_key) throw new AppError('INSUFFICIENT_PERMISSIONS', { details: { reason: 'not_with_an_api_key' } });
  if (permission === 'public' || permission === 'signed-in') return;
  if (actor?.permissions.has(permission)) return;
  const isWithheld = actor?.withheld === 'platform' && platformPermissions.includes(permission);
  throw new AppError('INSUFFICIENT_PERMISSIONS', { details: { permission, ...(isWithheld ? { reason: 'second_factor_needed' } : {}) } });
}

function readInput(context: Context<Env>, endpoint: Endpoint, { actor, carried, bytes, judge }: Admitted, doors: Doors): RouteInput<Endpoint> {
  const request = context.req.raw;
  const caller = context.get('caller');
  const sent = endpoint.method === 'GET' ? {} : endpoint.kind === 'oauth' ? readForm(request, bytes) : readJson(request, bytes);
  return {
    // `Who` narrows this per endpoint; authorize() above is what makes it true.
    actor: actor as never,
    caller,
    params: validate(endpoint.params, context.req.param(), caller.locale),
    query: validate(endpoint.query, readPairs(new URL(request.url).searchParams), caller.locale),
    body: validate(endpoint.body, sent, caller.locale),
    if_match: readIfMatch(request),
    refresh_cookie: readCookie(request.headers.get('cookie'), doors.cookies.refresh),
    attempt_cookie: readCookie(request.headers.get('cookie'), doors.cookies.attempt),
    access_token: carried,
    confirm: async () => void (await judge()),
    last_event_id: readLastEventId(request),
    signal: request.signal,
  };
}

function readIfMatch(request: Request): number | null {
  const header = request.headers.get('if-match');
  if (header === null) return null;
  const version = /^"(\d{1,9})"$/.exec(header)?.[1];
  if (version) return Number(version);
  throw new AppError('INVALID_INPUT', { details: { issues: [{ path: 'If-Match', code: 'invalid_format', message: 'the version in quotes' }] } });
}

function readLastEventId(request: Request): number {
  const header = request.headers.get('last-event-id');
  if (header === null) return 0;
  if (/^\d{1,9}$/.test(header)) return Number(header);
  throw new AppError('INVALID_INPUT', { details: { issues: [{ path: 'Last-Event-ID', code: 'invalid_format', message: 'a sequence number' }] } });
}

function finishAnswer(result: unknown, endpoint: Endpoint, input: RouteInput<Endpoint>, doors: Doors): Response {
  const session = result instanceof WithSession ? result.session : undefined;
  const response = respond(endpoint, result instanceof WithSession || result instanceof WithAttempt ? result.data : result, input.caller.request_id);
  if (result instanceof WithAttempt) response.headers.append('set-cookie', writeAttemptCookie(doors.cookies, result.attempt));
  if (session !== undefined) for (const cookie of writeSessionCookies(doors.cookies, session)) response.headers.append('set-cookie', cookie);
  return response;
}

function startStream(stream: StreamAnswer, { signal, close }: OpenedStream): Response {
  const body = writeEventStream(stream.follow(signal)[Symbol.asyncIterator](), close);
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
      'content-location': stream.content_location,
    },
  });
}
