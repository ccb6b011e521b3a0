import type { Part } from '@lyss/api-types';
import type { ProviderMessage } from '../../../providers/provider.ts';
import { estimateTokens } from '../../../providers/tokens.ts';
import type { HistoryRow } from './repository.ts';

const ANSWER_SHARE = 0.25;
const UNKNOWN_WINDOW = 32_000;

/**
 * What the model is shown: the system prompt and the path, oldest turns left out where the window is too small.
 * Reasoning is not sent back; an empty answer (stopped before its first word) is left out.
 */
export function buildHistory(path: HistoryRow[], system_prompt: string | null, context_window: number | null): ProviderMessage[] {
  const messages = path.map(toProviderMessage).filter((message) => message.text !== '' || message.tool_calls);
  const budget = (context_window ?? UNKNOWN_WINDOW) * (1 - ANSWER_SHARE) - estimateTokens(system_prompt ?? '');
  const kept: ProviderMessage[] = [];
  let spent = 0;
  for (const message of messages.toReversed()) {
    spent += estimateTokens(message.text);
    // The newest message always goes: if it alone is too long, the supplier says so in its own words.
    if (kept.length > 0 && spent > budget) break;
    kept.unshift(message);
  }
  return system_prompt ? [{ role: 'system', text: system_prompt }, ...kept] : kept;
}

function toProviderMessage({ role, content }: HistoryRow): ProviderMessage {
  const text = content.map((part) => (part.type === 'text' ? part.text : '')).join('');
  const tool_calls = content.filter((part): part is Extract<Part, { type: 'tool_call' }> => part.type === 'tool_call');
  // A call without its result is refused by every wire, and nothing here answers one yet: its name is told instead.
  const told = tool_calls.map((call) => `[${call.name} ${call.arguments}]`).join('\n');
  return { role, text: [text, told].filter(Boolean).join('\n') };
}
