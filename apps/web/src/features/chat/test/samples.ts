import type { Conversation, Message, Model } from '@lyss/api-types';

/** A UUID whose order is the number's. */
export function sampleId(number: number): string {
  return `01990000-0000-7000-8000-${String(number).padStart(12, '0')}`;
}

function sampleInstant(number: number): string {
  return new Date(Date.UTC(2026, 10, 23, 6, 0, 0) + number * 1000).toISOString();
}

/** A message of a tree: number 3 below number 2, made at second 3. */
export function sampleMessage(number: number, parent: number | null, more: Partial<Message> = {}): Message {
  return {
    id: sampleId(number),
    conversation_id: sampleId(9_000),
    parent_id: parent === null ? null : sampleId(parent),
    reply_id: null,
    role: number % 2 === 1 ? 'user' : 'assistant',
    content: [{ type: 'text', text: `message ${number}` }],
    status: 'complete',
    model: null,
    supplier: null,
    finish_reason: null,
    usage: null,
    error: null,
    duration_ms: null,
    time_to_first_token_ms: null,
    created_at: sampleInstant(number),
    ...more,
  };
}

export function sampleConversation(number: number, more: Partial<Conversation> = {}): Conversation {
  return {
    id: sampleId(number),
    title: `conversation ${number}`,
    model: null,
    system_prompt: null,
    pinned: false,
    archived: false,
    running_reply_id: null,
    last_message_at: sampleInstant(number),
    created_at: sampleInstant(number),
    updated_at: sampleInstant(number),
    version: 1,
    ...more,
  };
}

export function sampleModel(name: string, more: Partial<Model> = {}): Model {
  return {
    name,
    aliases: [],
    display_name: name,
    supplier: 'demo',
    demo: true,
    context_window: 128_000,
    max_output_tokens: 4_096,
    capabilities: [],
    price: null,
    available: true,
    reason: null,
    ...more,
  };
}
