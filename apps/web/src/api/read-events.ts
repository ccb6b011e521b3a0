export interface StreamEvent {
  id: number;
  event: string;
  data: unknown;
}

interface Draft {
  id: string;
  event: string;
  data: string[];
}

function finish(draft: Draft): StreamEvent | null {
  if (draft.data.length === 0) return null;
  return { id: Number(draft.id), event: draft.event || 'message', data: JSON.parse(draft.data.join('\n')) as unknown };
}

function take(draft: Draft, line: string): void {
  const colon = line.indexOf(':');
  if (colon === 0) return;
  const field = colon < 0 ? line : line.slice(0, colon);
  const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
  if (field === 'data') draft.data.push(value);
  else if (field === 'event') draft.event = value;
  else if (field === 'id') draft.id = value;
}

/** Splits at LF, CR or CRLF; a CR at the very end waits for the next bytes, which may begin with its LF. */
function splitLines(text: string, ended: boolean): [string[], string] {
  const held = !ended && text.endsWith('\r') ? 1 : 0;
  const parts = text.slice(0, text.length - held).split(/\r\n|\n|\r/);
  const rest = parts.pop() ?? '';
  return [parts, rest + text.slice(text.length - held)];
}

/**
 * Server-sent events out of bytes (WHATWG HTML § 9.2), whatever way the network cuts them: each `data` is JSON,
 * comments are dropped, an event without its closing blank line never happened. Throws where the connection breaks.
 */
export async function* readEvents(bytes: ReadableStream<Uint8Array>): AsyncGenerator<StreamEvent> {
  const decoder = new TextDecoder();
  const reader = bytes.getReader();
  let draft: Draft = { id: '', event: '', data: [] };
  let rest = '';
  try {
    for (;;) {
      const { value, done } = await reader.read();
      const [lines, left] = splitLines(rest + decoder.decode(value, { stream: !done }), done);
      rest = left;
      for (const line of lines) {
        if (line !== '') {
          take(draft, line);
          continue;
        }
        const event = finish(draft);
        draft = { id: draft.id, event: '', data: [] };
        if (event !== null) yield event;
      }
      if (done) return;
    }
  } finally {
    // A reader that is left early must not keep the connection.
    await reader.cancel().catch(() => undefined);
  }
}
