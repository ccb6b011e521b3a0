import { buildConversation, type DemoConversation, type Language } from './conversation.ts';

const inEnglish = /^(?:please )?(?:go on|continue|carry on|keep going)(?: from where you (?:were cut off|were stopped|stopped|left off))?[.!…]*$/i;
const inChinese = /^请?(?:你)?(?:从(?:中断|停下|停止|断开)的地方)?(?:继续|接着)(?:说|写|讲|回答)?(?:下去)?吧?[。！!.…]*$/;

/** Whether a question asks only to go on with the answer before it. */
export function asksToContinue({ messages }: DemoConversation): boolean {
  const [before, last] = [messages.at(-2)?.role, messages.at(-1)];
  if (last?.role !== 'user' || (before !== 'assistant' && before !== 'user')) return false;
  // With its markers, which ask for something else.
  const words = last.text.trim();
  return inEnglish.test(words) || inChinese.test(words);
}

const endings: Record<'whole' | 'foreign', Record<Language, string>> = {
  whole: {
    en: 'That was all of it: the answer above is whole, and there is nothing left to add. What else would you like to know about Lyss?',
    zh: '以上就是全部：上面的回答是完整的，没有剩下的内容了。关于 Lyss，还想了解什么？',
  },
  foreign: {
    en: 'I can go on with my own answers only: they are written in advance, so I know how they end. The one above is not mine; ask the model that wrote it.',
    zh: '我只能接着说自己的回答：它们是预先写好的，所以我知道结尾。上面的回答不是我写的，请让写它的模型继续。',
  },
};

/** The rest of an answer, so that it can be read by itself: a program that was cut in the middle is opened again. */
function reopen(said: string, rest: string): string {
  const fences = [...said.matchAll(/^```(\w*)/gm)];
  return fences.length % 2 === 1 ? `\`\`\`${fences.at(-1)?.[1] ?? ''}\n${rest}` : rest;
}

/** Goes on where the answer before broke off. `writeWhole` writes what the demo would say, uncut, to a conversation. */
export function writeRest(conversation: DemoConversation, writeWhole: (before: DemoConversation) => string): string {
  const { messages, language } = conversation;
  const last = messages.at(-2);
  // Broken off before its first word, it is not in what a supplier is sent.
  if (last?.role !== 'assistant') return writeWhole(buildConversation(messages.slice(0, -1)));
  const said = last.text.trimEnd();
  const whole = writeWhole(buildConversation(messages.slice(0, -2)));
  if (!whole.startsWith(said)) return endings.foreign[language];
  const rest = whole.slice(said.length).replace(/^[^\S\n]+|^\n+/, '');
  return rest.trim() === '' ? endings.whole[language] : reopen(said, rest);
}
