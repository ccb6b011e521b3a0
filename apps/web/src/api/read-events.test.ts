import { describe, expect, it } from 'vitest';
import { readEvents, type StreamEvent } from './read-events.ts';

function stream(...pieces: Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
}

async function collect(...pieces: Uint8Array[]): Promise<StreamEvent[]> {
  const events: StreamEvent[] = [];
  for await (const event of readEvents(stream(...pieces))) events.push(event);
  return events;
}

const text =
  ': awake\r\n\r\nid: 1\r\nevent: start\r\ndata: {"reply_id":"r"}\r\n\r\n' +
  'id:2\nevent:text\ndata:{"delta":"你好😀"}\n\nid: 3\revent: text\rdata: {"delta":\rdata: "x"}\r\r';
const expected = [
  { id: 1, event: 'start', data: { reply_id: 'r' } },
  { id: 2, event: 'text', data: { delta: '你好😀' } },
  { id: 3, event: 'text', data: { delta: 'x' } },
];

describe('reading server-sent events', () => {
  it('reads the same events whatever the byte the network cuts at', async () => {
    const bytes = new TextEncoder().encode(text);
    for (let at = 0; at <= bytes.length; at += 1) {
      expect(await collect(bytes.slice(0, at), bytes.slice(at)), `cut at ${at}`).toEqual(expected);
    }
  });

  it('reads them byte by byte', async () => {
    expect(await collect(...Array.from(new TextEncoder().encode(text), (byte) => Uint8Array.of(byte)))).toEqual(expected);
  });

  it('drops an event whose blank line never came', async () => {
    expect(await collect(new TextEncoder().encode('id: 9\ndata: {"delta":"half"}\n'))).toEqual([]);
  });

  it('throws where the connection breaks, after what had arrived', async () => {
    const broken = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode('id: 1\ndata: {}\n\n')),
      pull: (controller) => controller.error(new TypeError('network')),
    });
    const seen: number[] = [];
    await expect(async () => {
      for await (const event of readEvents(broken)) seen.push(event.id);
    }).rejects.toThrow('network');
    expect(seen).toEqual([1]);
  });
});
