import type { TestApp, TestPerson } from './app.ts';
import { ORIGIN } from './app.ts';

export interface ReadEvent {
  id: number;
  event: string;
  // Each test reads the event's own shape.
  // oxlint-disable-next-line typescript/no-explicit-any
  data: any;
}

/** The events of a whole event stream's text. */
export function parseEvents(text: string): ReadEvent[] {
  return text
    .split('\n\n')
    .filter((block) => block.startsWith('id:'))
    .map((block) => {
      const [id = '', event = '', data = ''] = block.split('\n');
      return { id: Number(id.slice('id: '.length)), event: event.slice('event: '.length), data: JSON.parse(data.slice('data: '.length)) };
    });
}

export function textOf(events: ReadEvent[]): string {
  return events.filter(({ event }) => event === 'text').map(({ data }) => data.delta).join('');
}

/** Opens a stream and hands its events over as they come; `leave` goes away as a closed tab does. */
export async function openEvents(app: TestApp, as: TestPerson, method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const abort = new AbortController();
  const response = await app.app.request(`${ORIGIN}${path}`, {
    method,
    signal: abort.signal,
    headers: { authorization: `Bearer ${as.access_token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  return {
    response,
    /** The next events, or null at the end. */
    async next(): Promise<ReadEvent[] | null> {
      for (;;) {
        const chunk = await reader?.read();
        if (!chunk || chunk.done) return null;
        rest += chunk.value;
        const cut = rest.lastIndexOf('\n\n') + 2;
        const events = parseEvents(rest.slice(0, cut));
        rest = rest.slice(cut);
        if (events.length > 0) return events;
      }
    },
    async leave() {
      abort.abort();
      await reader?.cancel().catch(() => undefined);
    },
  };
}
