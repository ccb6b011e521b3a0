import { EgressError, readText, type Egress, type EgressResponse, type OutgoingCredential } from '../egress/fetch.ts';
import { Answer } from './answer.ts';
import { readFailure, translateThrown } from './failure.ts';
import { ProviderError, type Provider, type ProviderConnection, type ProviderEvent, type ProviderRequest } from './provider.ts';
import { EventReader, type ServerSentEvent } from './server-sent-events.ts';
import { parseJson } from './shape.ts';
import { settleUsage } from './usage.ts';

/** One supplier's way of saying things; everything that all of them share is in `createWireProvider`. */
export interface Wire {
  headers: Record<string, string>;
  authenticate(secret: string): Record<string, string>;
  chatPath(model: string, streamed: boolean): string;
  chatBody(request: ProviderRequest, streamed: boolean): unknown;
  /** True where a stream is complete only with its end marker; elsewhere a finish reason says it as well. */
  endsWithMarker: boolean;
  /** A reader of one stream; each event goes into the answer. */
  readStream(answer: Answer): (event: ServerSentEvent) => void;
  readWhole(body: unknown, answer: Answer): void;
  modelsPath: string;
  /** Null where the body is no list of models. */
  readModels(body: unknown): string[] | null;
}

const maxErrorBytes = 64 * 1024;
export const maxAnswerBytes = 64 * 1024 * 1024;
const maxModelsBytes = 8 * 1024 * 1024;
const maxModels = 2000;
const maxModelLength = 200;

/** Joins a path to a base URL, keeping the base's own path and query (Azure's `api-version` lives there). */
export function joinUrl(base_url: string, path: string): string {
  const url = URL.parse(base_url);
  if (!url) throw new ProviderError('address_not_allowed', { step: 'address' });
  const [pathname = '', query] = path.split('?');
  url.pathname = url.pathname.replace(/\/+$/, '') + pathname;
  for (const [name, value] of new URLSearchParams(query)) url.searchParams.set(name, value);
  url.hash = '';
  return url.href;
}

interface Call {
  url: string;
  body?: unknown;
  signal: AbortSignal;
  request_id: string;
}

function createSender(egress: Egress, wire: Wire) {
  return async function send(connection: ProviderConnection, call: Call): Promise<EgressResponse> {
    const { credential } = connection;
    const outgoing: OutgoingCredential | null = credential && {
      id: credential.id,
      revealFor: (origin) => credential.revealFor(origin),
      headers: (secret) => wire.authenticate(secret),
    };
    return egress.fetch({
      url: call.url,
      method: call.body === undefined ? 'GET' : 'POST',
      headers: { ...wire.headers, ...(call.body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      ...(outgoing && { credential: outgoing }),
      request_id: call.request_id,
      signal: call.signal,
    });
  };
}

async function readJsonBody(response: EgressResponse, max_bytes: number): Promise<unknown> {
  return parseJson(await readText(response, max_bytes));
}

/** Throws unless the answer is a 2xx of the media type asked for. An error object with 200 is still an error. */
export async function demandAnswer(response: EgressResponse, mediaType: string): Promise<void> {
  const succeeded = response.status >= 200 && response.status < 300;
  const type = response.headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (succeeded && type === mediaType) return;
  const body = await readJsonBody(response, maxErrorBytes).catch((error: unknown) => {
    // A broken or endless error body changes nothing about the status that came before it.
    if (error instanceof EgressError && error.kind !== 'aborted') return undefined;
    throw error;
  });
  if (!succeeded) throw readFailure(response.status, response.headers, body);
  if (type === 'application/json' && typeof body === 'object' && body !== null && 'error' in body) throw readFailure(null, response.headers, body);
  throw new ProviderError('invalid_response', { status: response.status });
}

async function closeAnswer(answer: Answer, request: ProviderRequest): Promise<ProviderEvent[]> {
  const { events, reason } = answer.close();
  const usage = await settleUsage(answer.usage, request.messages, answer.received);
  return [...events, { type: 'usage', ...usage }, { type: 'finish', reason }];
}

async function* readAnswer(response: EgressResponse, wire: Wire, request: ProviderRequest): AsyncGenerator<ProviderEvent> {
  const answer = new Answer();
  const read = wire.readStream(answer);
  const reader = new EventReader();
  for await (const chunk of response.body) {
    let failure: unknown = null;
    try {
      for (const event of reader.push(chunk)) {
        if (event.data === '') continue;
        read(event);
        if (answer.ended) break;
      }
    } catch (error) {
      failure = error;
    }
    // What came before a fault in the same chunk was said; it is handed on first, wherever the bytes were cut.
    yield* answer.takeEvents();
    if (failure !== null) throw failure;
    if (answer.ended) break;
  }
  if (!answer.recognized) throw new ProviderError('invalid_response', { status: response.status });
  if (!answer.ended && (wire.endsWithMarker || !answer.finished)) throw new ProviderError('connection_failed', { status: response.status });
  yield* await closeAnswer(answer, request);
}

function cleanModels(ids: string[]): string[] {
  const usable = ids.filter((id) => id !== '' && id.length <= maxModelLength && !/\p{Cc}/u.test(id) && id.isWellFormed());
  return [...new Set(usable)].slice(0, maxModels);
}

async function readWholeAnswer(response: EgressResponse, wire: Wire, request: ProviderRequest): Promise<ProviderEvent[]> {
  await demandAnswer(response, 'application/json');
  const answer = new Answer();
  wire.readWhole(await readJsonBody(response, maxAnswerBytes), answer);
  if (!answer.recognized || !answer.finished) throw new ProviderError('invalid_response', { status: response.status });
  return closeAnswer(answer, request);
}

async function readModelList(response: EgressResponse, wire: Wire): Promise<string[]> {
  await demandAnswer(response, 'application/json');
  const ids = wire.readModels(await readJsonBody(response, maxModelsBytes));
  if (ids === null) throw new ProviderError('invalid_response', { status: response.status });
  return cleanModels(ids);
}

/** A `Provider` that speaks `wire` through `egress`: statuses, media types, limits, usage and the rule that only an answer with its end marker is complete. */
export function createWireProvider(egress: Egress, wire: Wire): Provider {
  const send = createSender(egress, wire);

  function sendChat(connection: ProviderConnection, request: ProviderRequest, streamed: boolean): Promise<EgressResponse> {
    const url = joinUrl(connection.base_url, wire.chatPath(request.model, streamed));
    return send(connection, { url, body: wire.chatBody(request, streamed), signal: request.signal, request_id: request.request_id });
  }

  return {
    async *stream(connection, request) {
      try {
        const response = await sendChat(connection, request, true);
        await demandAnswer(response, 'text/event-stream');
        yield* readAnswer(response, wire, request);
      } catch (error) {
        throw translateThrown(error, request.signal);
      }
    },
    async complete(connection, request) {
      try {
        return await readWholeAnswer(await sendChat(connection, request, false), wire, request);
      } catch (error) {
        throw translateThrown(error, request.signal);
      }
    },
    async listModels(connection, request) {
      try {
        return await readModelList(await send(connection, { url: joinUrl(connection.base_url, wire.modelsPath), ...request }), wire);
      } catch (error) {
        throw translateThrown(error, request.signal);
      }
    },
  };
}
