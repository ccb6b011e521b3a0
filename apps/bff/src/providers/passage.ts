import type { Egress, EgressLimits, EgressResponse } from '../egress/fetch.ts';
import type { OpenAiDialect } from './openai.ts';
import type { ProviderConnection } from './provider.ts';
import { joinUrl } from './wire.ts';

/** A way to a supplier that speaks OpenAI's wire, for bodies that are written in it already. */
export interface Passage {
  egress: Egress;
  dialect: OpenAiDialect;
}

export interface PassedCall {
  path: '/chat/completions' | '/embeddings';
  body: Uint8Array;
  signal: AbortSignal;
  request_id: string;
  limits?: Partial<EgressLimits>;
}

/** Sends a body as it is; the answer as soon as its head came. Throws EgressError, or what the key's vault threw. */
export function passBody({ egress, dialect }: Passage, { base_url, credential }: ProviderConnection, call: PassedCall): Promise<EgressResponse> {
  return egress.fetch({
    url: joinUrl(base_url, call.path),
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: call.body,
    ...(credential && { credential: { id: credential.id, revealFor: (origin: string) => credential.revealFor(origin), headers: (secret: string) => dialect.authenticate(secret) } }),
    request_id: call.request_id,
    signal: call.signal,
    ...(call.limits ? { limits: call.limits } : {}),
  });
}
