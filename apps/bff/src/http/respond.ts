import type { Endpoint } from '@lyss/api-types';
import { AppError } from '../errors.ts';

/** The success envelope. The data is parsed with its schema on the way out: what is not declared cannot leave. */
export function respond(endpoint: Endpoint, data: unknown, request_id: string): Response {
  if (endpoint.status === 204) return new Response(null, { status: 204 });
  const parsed = endpoint.data.safeParse(data);
  if (!parsed.success) throw new AppError('INTERNAL_SERVER_ERROR', { cause: parsed.error });
  const text =
    endpoint.kind === 'oauth'
      ? JSON.stringify(parsed.data)
      : JSON.stringify({ success: true, data: parsed.data, request_id, timestamp: new Date().toISOString() });
  return new Response(text, {
    status: endpoint.status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
  });
}
