import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError } from '../../errors.ts';
import { readCaller } from '../../http/request-facts.ts';
import { admit, judge } from './admit.ts';
import { Exchange } from './exchange.ts';
import { getModel, listModels } from './models.ts';
import type { GatewayPorts } from './ports.ts';
import { readBody } from './read-body.ts';
import { createRunning } from './running.ts';
import { serveCall } from './serve-call.ts';

export interface Gateway {
  /** Answers a request for a path below /v1/, and says so; leaves every other one alone. */
  serve(request: IncomingMessage, response: ServerResponse): boolean;
  countRunning(): number;
  /** Gives the calls that run their time, ends the rest and settles all of them. */
  close(seconds: number): Promise<void>;
}

export interface GatewayOptions {
  /** What every answer of the server carries. */
  headers: Readonly<Record<string, string>>;
  trusted_proxies: number;
}

// RFC 9110 §7.2, as far as a name, an address and a port go.
const HOST = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i;
const calls = { '/v1/chat/completions': 'chat', '/v1/embeddings': 'embeddings' } as const;

/** OpenAI's API over the tenant's suppliers, on the raw request and response: ahead of everything that pages need. */
export function createGateway(ports: GatewayPorts, { headers, trusted_proxies }: GatewayOptions): Gateway {
  const running = createRunning(ports);
  const observe = ({ request, route, caller, started_at }: Exchange, status: number) =>
    ports.observe({ method: request.method ?? '', route, status, request_id: caller.request_id, duration_ms: performance.now() - started_at });

  const answer = async (exchange: Exchange, path: string): Promise<void> => {
    const { method = '' } = exchange.request;
    if (!HOST.test(exchange.request.headers.host ?? '')) throw new AppError('INVALID_FORMAT', { details: { reason: 'host' } });
    const kind = method === 'POST' && path in calls ? calls[path as keyof typeof calls] : null;
    const is_read = method === 'GET' || method === 'HEAD';
    if (kind) exchange.route = path;
    else if (is_read && path === '/v1/models') exchange.route = path;
    else if (is_read && path.startsWith('/v1/models/')) exchange.route = '/v1/models/{id}';
    else throw new AppError('RESOURCE_NOT_FOUND', { details: { reason: 'unknown_url' } });
    const actor = await admit(ports, exchange);
    if (!kind) {
      const models = { list: () => listModels(ports, actor), one: () => getModel(ports, actor, readName(path)) };
      return exchange.sendJson(200, path === '/v1/models' ? { object: 'list', data: await models.list() } : await models.one());
    }
    const bytes = await readBody(exchange.request);
    // A body may take half a minute to come: who was shut out meanwhile is.
    await serveCall(ports, running, exchange, { actor: await judge(ports, exchange), kind, bytes });
  };

  return {
    serve(request, response) {
      const path = (request.url ?? '').split('?', 1)[0] ?? '';
      if (path !== '/v1' && !path.startsWith('/v1/')) return false;
      const read = (name: string) => request.headers[name]?.toString() ?? null;
      const caller = readCaller({ headers: { get: read } }, request.socket.remoteAddress ?? '127.0.0.1', trusted_proxies);
      const exchange = new Exchange(request, response, caller, observe);
      Object.assign(exchange.headers, headers, { 'x-request-id': caller.request_id });
      answer(exchange, path).catch((error: unknown) => {
        ports.onFailure(error, caller.request_id);
        exchange.fail(error);
      });
      return true;
    },
    countRunning: running.count,
    close: running.close,
  };
}

function readName(path: string): string {
  try {
    return decodeURIComponent(path.slice('/v1/models/'.length));
  } catch {
    return '';
  }
}
