import type { CustomFetch } from 'openid-client';
import { readText, type Egress, type OutgoingCredential } from '../../../egress/fetch.ts';

/** What an identity provider's answers may take: documents of a few kilobytes, while somebody waits. */
const LIMITS = { headers_ms: 8_000, idle_ms: 8_000, total_ms: 10_000, max_bytes: 1024 * 1024 };
/** Statuses whose Response may hold no body at all (Fetch §2.2.3). */
const BODILESS = new Set([204, 205, 304]);

export interface OutgoingPorts {
  egress: Pick<Egress, 'fetch'>;
  request_id: string;
  /** Sent to this very URL, and to none other. */
  token_endpoint?: string | undefined;
  credential?: OutgoingCredential;
}

/** The fetch that openid-client is given: every call of it goes through egress, and the secret is opened there alone. */
export function createOutgoing({ egress, request_id, token_endpoint, credential }: OutgoingPorts): CustomFetch {
  return async (url, { method, headers, body, signal }) => {
    const isToken = method === 'POST' && url === token_endpoint;
    const answer = await egress.fetch({
      ...{ url, headers, request_id, limits: LIMITS, method: method === 'POST' ? 'POST' : 'GET' },
      ...(body === undefined || body === null ? {} : { body: String(body) }),
      ...(isToken && credential ? { credential } : {}),
      ...(signal ? { signal } : {}),
    });
    const text = await readText(answer, LIMITS.max_bytes);
    return new Response(BODILESS.has(answer.status) ? null : text, { status: answer.status, headers: answer.headers });
  };
}
