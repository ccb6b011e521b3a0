import { readWhole, type EgressResponse } from '../../egress/fetch.ts';
import { StreamPassage } from '../../providers/pass-stream.ts';
import { readWholeAnswer } from '../../providers/pass-whole.ts';
import { passBody, type Passage } from '../../providers/passage.ts';
import { demandAnswer, maxAnswerBytes } from '../../providers/wire.ts';
import { writeBody } from './asked.ts';
import type { Call } from './call.ts';

const paths = { chat: '/chat/completions', embeddings: '/embeddings' } as const;
/** An answer that is not streamed has its head when it is complete: a long one takes as long as a call may. */
const WHOLE_MS = 600_000;
const DONE = Buffer.from('data: [DONE]\n\n');
/** After its end marker a supplier's answer ends at once, or its socket is not used again. */
const REST_MS = 1_000;

/** Asks a supplier that speaks OpenAI's wire, and passes its answer on as it is. What is returned still has to be sent: it ends the answer. */
export async function passAnswer(passage: Passage, call: Call): Promise<Buffer> {
  const { asked, model, account, signal, exchange } = call;
  const body = writeBody(asked, { supplier_model: model.supplier_model, dialect: passage.dialect, cap: account.cap });
  const response = await passBody(passage, model, { path: paths[asked.kind], body, signal, request_id: exchange.caller.request_id, ...(asked.is_stream ? {} : { limits: { headers_ms: WHOLE_MS, idle_ms: WHOLE_MS } }) });
  if (asked.is_stream) return passStream(response, call);
  await demandAnswer(response, 'application/json');
  const bytes = await readWhole(response, maxAnswerBytes);
  call.heard = readWholeAnswer(bytes, asked.kind);
  return bytes;
}

async function passStream(response: EgressResponse, call: Call): Promise<Buffer> {
  await demandAnswer(response, 'text/event-stream');
  const passage = new StreamPassage({ hides_usage: !call.asked.wants_usage });
  call.heard = passage;
  const chunks = response.body[Symbol.asyncIterator]();
  let is_whole = false;
  try {
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) {
      const bytes = passage.push(next.value);
      if (bytes.length > 0) {
        call.noteFirst();
        await call.exchange.pass(bytes);
      }
      if (passage.isOver) break;
    }
    passage.close();
    is_whole = true;
    return DONE;
  } finally {
    if (is_whole) void readRest(chunks);
    else await chunks.return?.();
  }
}

/** Reads a socket to its answer's end, so that the next call has it. */
async function readRest(chunks: AsyncIterator<Uint8Array>): Promise<void> {
  const timer = setTimeout(() => void chunks.return?.(), REST_MS);
  try {
    while ((await chunks.next()).done !== true);
  } catch {
    // The answer was whole; what is wrong with the rest concerns nobody.
  } finally {
    clearTimeout(timer);
  }
}
