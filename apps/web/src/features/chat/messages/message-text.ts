import type { Message, Part } from '@lyss/api-types';

/** What a message says, without its thinking and its tools: for copying, for editing and for reading out. */
export function textOf({ content }: Pick<Message, 'content'>): string {
  return content
    .filter((part): part is Extract<Part, { type: 'text' }> => part.type === 'text')
    .map((part) => part.text)
    .join('\n\n');
}

type ToolCall = Extract<Part, { type: 'tool_call' }>;
type ToolResult = Extract<Part, { type: 'tool_result' }>;

/** A part as it is drawn: a call stands with its result in one row. */
export type ShownPart =
  | { kind: 'text'; text: string }
  | { kind: 'reasoning'; text: string; duration_ms: number }
  | { kind: 'tool'; call: ToolCall; result: ToolResult | null };

/** Pairs every tool call with its result, whatever lies between them. */
export function listShownParts(content: readonly Part[]): ShownPart[] {
  const results = new Map(content.filter((part): part is ToolResult => part.type === 'tool_result').map((part) => [part.id, part]));
  return content.flatMap((part): ShownPart[] => {
    if (part.type === 'text') return [{ kind: 'text', text: part.text }];
    if (part.type === 'reasoning') return [{ kind: 'reasoning', text: part.text, duration_ms: part.duration_ms }];
    if (part.type === 'tool_call') return [{ kind: 'tool', call: part, result: results.get(part.id) ?? null }];
    return [];
  });
}
