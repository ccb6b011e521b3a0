import type { FinishReason, ToolCall } from '../provider.ts';
import { asksToContinue, writeRest } from './continue.ts';
import type { DemoConversation, Language } from './conversation.ts';
import { showCode, showMarkdown, writeWords } from './showcase.ts';
import { isTitleRequest, writeTitle } from './title.ts';
import { answerQuestion, findTopic } from './topics.ts';

/** An answer before it is put on the wire: in pieces, with the pace at which they go out. */
export interface Speech {
  reasoning: string[];
  pieces: string[];
  tool: ToolCall | null;
  finish: FinishReason;
  /** False where the stream breaks off without its end. */
  ends: boolean;
  pieces_per_second: number;
}

// Fast enough to read along, slow enough to see it stream.
const readingPace = 45;
// contract.md: two words a second, at least a minute.
const slowPace = 2;
const slowPieces = 130;
const longPace = 250;
// A title is wanted at once; nobody watches it.
const instantPace = 10_000;
const cutPieces = 12;
const lengthPieces = 25;

/** Cuts a text where a model would: words with their space, two Chinese characters at a time. The pieces join to the text. */
function cutIntoPieces(text: string): string[] {
  return text.match(/[\u3400-\u9fff]{1,2}|[^\s\u3400-\u9fff]+\s*|\s+/gu) ?? [];
}

const thoughts: Record<Language, (topic: string | null) => string> = {
  en: (topic) =>
    topic
      ? `The question is about “${topic}”. I have a written answer for that, so I look it up, keep to what Lyss really does, and answer in the language of the question.`
      : 'I look for words that I know in the question and find none. So I say plainly what I am and what I can be asked.',
  zh: (topic) =>
    topic
      ? `这个问题与“${topic}”有关。我有预先写好的回答，只需找出来，忠于 Lyss 实际的功能，并用提问的语言作答。`
      : '我在问题里寻找认识的词，没有找到。那就坦白说明我是谁，以及可以问我什么。',
};

const toolAnswers: Record<Language, (result: string) => string> = {
  en: (result) => `The tool has answered, and this is what it said:\n\n> ${result}\n\nA real model would now put that into its own words; I’m only the demo.`,
  zh: (result) => `工具已经返回，内容是：\n\n> ${result}\n\n真正的模型会用自己的话来说；我只是演示。`,
};

function writeText(conversation: DemoConversation): string {
  const { markers, language, question, messages } = conversation;
  if (asksToContinue(conversation)) return writeRest(conversation, (before) => writePieces(before).join(''));
  const last = messages.at(-1);
  if (last?.role === 'tool') return toolAnswers[language](last.text.slice(0, 2000).replace(/\s*\n\s*/g, ' '));
  const parts: string[] = [];
  if (markers.echo) parts.push(question);
  if (markers.markdown) parts.push(showMarkdown(language));
  if (markers.code) parts.push(showCode(language));
  if (markers.long !== null) parts.push(writeWords(markers.long, language));
  if (parts.length > 0) return parts.join('\n\n');
  const isFirst = !messages.some((message) => message.role === 'assistant');
  if (question.trim() === '') return answerQuestion(language === 'zh' ? '演示' : 'demo', language, isFirst);
  return answerQuestion(question, language, isFirst);
}

function chooseTool(conversation: DemoConversation): ToolCall | null {
  const { markers, question, messages } = conversation;
  // After the tool has answered, the same marker must not call it again.
  if (markers.tool === null || messages.at(-1)?.role === 'tool') return null;
  return { id: 'call_demo_1', name: markers.tool, arguments: JSON.stringify(question.trim() === '' ? {} : { query: question.trim().slice(0, 500) }) };
}

function choosePace(conversation: DemoConversation): number {
  if (conversation.markers.slow) return slowPace;
  return conversation.markers.long === null ? readingPace : longPace;
}

function stretch(pieces: string[], language: Language): string[] {
  if (pieces.length >= slowPieces) return pieces;
  return [...pieces, '\n\n', ...cutIntoPieces(writeWords(slowPieces, language))];
}

/** All that the demo has to say to a conversation, before anything breaks it off. */
function writePieces(conversation: DemoConversation): string[] {
  const pieces = cutIntoPieces(writeText(conversation));
  return conversation.markers.slow ? stretch(pieces, conversation.language) : pieces;
}

const continuing: Record<Language, string> = {
  en: 'The answer before was broken off. I look up how it ends and say the rest.',
  zh: '上一个回答中断了。我查一下它的结尾，把剩下的说完。',
};

function writeThoughts(conversation: DemoConversation): string {
  const { language, question } = conversation;
  return asksToContinue(conversation) ? continuing[language] : thoughts[language](findTopic(question, language)?.id ?? null);
}

/** What the demo says to a conversation, by its markers; deterministic, and limited to `max_tokens` pieces where asked. */
export function speak(conversation: DemoConversation, model: string, max_tokens: number | null): Speech {
  const { markers } = conversation;
  const silent: Speech = { reasoning: [], pieces: [], tool: null, finish: 'stop', ends: true, pieces_per_second: readingPace };
  if (isTitleRequest(conversation)) return { ...silent, pieces: cutIntoPieces(writeTitle(conversation)), pieces_per_second: instantPace };
  const thinks = markers.reasoning || model.endsWith('-reasoner');
  const speech = { ...silent, reasoning: thinks ? cutIntoPieces(writeThoughts(conversation)) : [], pieces_per_second: choosePace(conversation) };
  const tool = chooseTool(conversation);
  if (tool) return { ...speech, tool, finish: 'tool_calls', ends: !markers.cut };
  if (markers.empty) return { ...speech, ends: !markers.cut };
  const pieces = writePieces(conversation);
  if (markers.cut) return { ...speech, pieces: pieces.slice(0, cutPieces), ends: false };
  const limit = Math.min(max_tokens ?? Infinity, markers.length ? Math.min(lengthPieces, pieces.length) : Infinity);
  return limit < pieces.length || markers.length ? { ...speech, pieces: pieces.slice(0, limit), finish: 'length' } : { ...speech, pieces };
}
