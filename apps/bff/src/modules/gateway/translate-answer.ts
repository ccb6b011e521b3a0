import type { Provider, ProviderEvent, ProviderRequest } from '../../providers/provider.ts';
import { Said } from '../../providers/said.ts';
import type { Call } from './call.ts';
import { ChunkWriter, writeWhole } from './write-chunks.ts';
import { readNeutral } from './neutral.ts';

/** Asks a supplier of another wire, and writes its answer in OpenAI's. What is returned still has to be sent: it ends the answer. */
export async function translateAnswer(provider: Provider, call: Call): Promise<Buffer> {
  const { asked, model, account, signal, exchange } = call;
  const { messages, parameters } = readNeutral(asked);
  const cap = account.cap === null ? {} : { max_output_tokens: account.cap };
  const request: ProviderRequest = { model: model.supplier_model, messages, parameters: { ...parameters, ...cap }, signal, request_id: exchange.caller.request_id };
  const said = new Said();
  call.heard = { usage: { input_tokens: null, output_tokens: null, cached_tokens: null, reasoning_tokens: null }, said };
  const hear = (event: ProviderEvent) => {
    if (event.type === 'text' || event.type === 'reasoning') said.add(event.delta);
    if (event.type === 'tool_call') said.add(event.name + event.arguments);
    if (event.type === 'usage') call.heard = { usage: event, said, estimated: event.estimated };
  };
  if (!asked.is_stream) {
    const events: ProviderEvent[] = [];
    // Streamed to us all the same: a long answer's head then comes at once, and silence means that something is wrong.
    for await (const event of provider.stream(model, request)) {
      hear(event);
      events.push(event);
    }
    return writeWhole(account.id, asked.model, events);
  }
  const writer = new ChunkWriter(account.id, asked.model, asked.wants_usage);
  let last = Buffer.alloc(0);
  for await (const event of provider.stream(model, request)) {
    hear(event);
    const bytes = writer.write(event);
    if (event.type === 'finish') last = Buffer.concat([bytes, writer.end()]);
    else if (bytes.length > 0) {
      call.noteFirst();
      await exchange.pass(bytes);
    }
  }
  return last;
}
