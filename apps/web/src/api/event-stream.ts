import type { BodyOf, EndpointId, ParamsOf } from '@lyss/api-types';
import { buildCall, sendSignedIn, type CallInput } from './client.ts';
import { offlineFailure } from './failure.ts';
import { readEvents, type StreamEvent } from './read-events.ts';

export type { StreamEvent } from './read-events.ts';

export interface StreamInput<I extends EndpointId> {
  params?: ParamsOf<I>;
  body?: BodyOf<I>;
  /** The last event that was seen: the stream goes on behind it. */
  last_event_id?: number;
  idempotency_key?: string;
  signal: AbortSignal;
}

/**
 * Opens a stream of the contract. Throws ApiFailure where it is refused before the first event; the generator ends
 * where the server ends it and throws where the connection breaks: then open it again from the last id.
 */
export async function openStream<I extends EndpointId>(
  id: I,
  input: StreamInput<I>,
): Promise<{ content_location: string | null; events: AsyncGenerator<StreamEvent> }> {
  const { last_event_id, ...rest } = input;
  const headers: Record<string, string> = { accept: 'text/event-stream' };
  if (last_event_id !== undefined) headers['last-event-id'] = String(last_event_id);
  // Leaving one member out of a generic input loses the link to CallInput that is plain to see.
  const response = await sendSignedIn(id, buildCall(id, rest as CallInput<I>, headers));
  if (response.body === null) throw offlineFailure();
  return { content_location: response.headers.get('content-location'), events: readEvents(response.body) };
}
