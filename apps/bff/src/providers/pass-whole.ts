import { readFailure } from './failure.ts';
import { brokenReasons, readUsage } from './openai.ts';
import { ProviderError } from './provider.ts';
import { Said } from './said.ts';
import { asList, asRecord, parseJson } from './shape.ts';
import type { ReportedUsage } from './usage.ts';

export interface WholePassage {
  usage: ReportedUsage;
  said: Said;
}

/** What accounting needs of a whole answer on OpenAI's wire, whose bytes then go on as they are. Throws ProviderError where it is no such answer. */
export function readWholeAnswer(bytes: Buffer, kind: 'chat' | 'embeddings'): WholePassage {
  const body = asRecord(parseJson(bytes.toString('utf8')));
  if (!body) throw new ProviderError('invalid_response');
  if (body['error'] !== undefined && body['error'] !== null) throw readFailure(null, {}, body);
  const passage: WholePassage = { usage: { input_tokens: null, output_tokens: null, cached_tokens: null, reasoning_tokens: null }, said: new Said() };
  readUsage(body['usage'], passage.usage);
  if (kind === 'embeddings') {
    if (!Array.isArray(body['data'])) throw new ProviderError('invalid_response');
    // What an embedding used is its input; some suppliers leave the rest out, others say 0.
    passage.usage.output_tokens = 0;
    return passage;
  }
  const choices = asList(body['choices']).map(asRecord);
  if (choices.length === 0) throw new ProviderError('invalid_response');
  for (const choice of choices) {
    const message = asRecord(choice?.['message']);
    if (!message) throw new ProviderError('invalid_response');
    if (brokenReasons.has(String(choice?.['finish_reason']))) throw new ProviderError('server_error');
    passage.said.addMessage(message);
  }
  return passage;
}
