import type { DemoConversation } from './conversation.ts';
import { readMarkers } from './markers.ts';

const asksForTitle = /\b(?:write|give|generate|make|create|suggest|produce|answer|reply|respond|summari[sz]e|name)\b.{0,80}\btitles?\b|(?:写|起|取|拟|生成|给|总结|概括|用作|作为).{0,40}标题/is;
const maxWords = 7;
const maxHanCharacters = 18;
const maxCharacters = 60;

/** Whether the system prompt asks for a conversation's title, as the chat does after the first exchange. */
export function isTitleRequest(conversation: DemoConversation): boolean {
  return conversation.messages.some((message) => message.role === 'system' && asksForTitle.test(message.text));
}

function firstSentence(text: string): string {
  const line = text.replace(/```[\s\S]*?(?:```|$)/g, ' ').split(/\n+/).map((part) => part.trim()).find((part) => part !== '') ?? '';
  const plain = line.replace(/^(?:user|用户|human)\s*[:：]\s*/i, '').replace(/[#*_`>|[\]]/g, ' ').replace(/\s+/g, ' ').trim();
  return (/^[^。！？!?]+/.exec(plain)?.[0] ?? plain).trim();
}

const trailing = /[\s.,:;，,、：；]+$/;

/** What is left out at the end is shown: a title that breaks off in silence reads like a mistake. */
function shorten(text: string): string {
  const han = /[\u3400-\u9fff]/.test(text);
  const short = han ? [...text].slice(0, maxHanCharacters).join('') : text.split(' ').slice(0, maxWords).join(' ').slice(0, maxCharacters);
  const shown = short.replace(trailing, '');
  const title = short.length < text.length ? `${shown}…` : shown;
  return han ? title : title.charAt(0).toUpperCase() + title.slice(1);
}

/** A short title out of the first thing the user said; markers are no part of it, and obeyed by nobody here. */
export function writeTitle(conversation: DemoConversation): string {
  const first = conversation.messages.find((message) => message.role === 'user')?.text ?? '';
  const title = shorten(firstSentence(readMarkers(first).text));
  if (title !== '') return title;
  return conversation.language === 'zh' || /[\u3400-\u9fff]/.test(conversation.messages[0]?.text ?? '') ? '演示对话' : 'Demo conversation';
}
