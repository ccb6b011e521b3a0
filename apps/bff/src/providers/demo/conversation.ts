import { asList, asRecord, asText } from '../shape.ts';
import { readMarkers, type Markers } from './markers.ts';

export type Language = 'zh' | 'en';

export interface DemoMessage {
  role: string;
  text: string;
}

/** What the demo supplier was asked, read from an OpenAI request body that a person or a program wrote. */
export interface DemoConversation {
  messages: DemoMessage[];
  /** The last thing the user said, without its markers. */
  question: string;
  markers: Markers;
  language: Language;
}

const chinese = /[\u3400-\u9fff\uf900-\ufaff]/u;

/** The language of the last words that have one: Chinese where any Han character is among them. */
function readLanguage(texts: string[]): Language {
  const spoken = texts.findLast((text) => /\p{L}/u.test(text)) ?? '';
  return chinese.test(spoken) ? 'zh' : 'en';
}

function readContent(content: unknown): string {
  if (typeof content === 'string') return content;
  return asList(content).map((part) => asText(asRecord(part)?.['text'])).join('');
}

/** The conversation as it stands after these messages. */
export function buildConversation(messages: DemoMessage[]): DemoConversation {
  const asked = messages.filter((message) => message.role === 'user').map((message) => readMarkers(message.text));
  const last = asked.at(-1) ?? readMarkers('');
  return { messages, question: last.text, markers: last.markers, language: readLanguage(asked.map((message) => message.text)) };
}

export function readConversation(body: Record<string, unknown>): DemoConversation {
  return buildConversation(
    asList(body['messages']).map((value) => {
      const message = asRecord(value);
      return { role: asText(message?.['role']), text: readContent(message?.['content']) };
    }),
  );
}
