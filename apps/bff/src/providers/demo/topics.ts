import type { Language } from './conversation.ts';
import { topicsInEnglish } from './topics-en.ts';
import { topicsInChinese } from './topics-zh.ts';

/** One thing the demo can talk about: what people call it, and what it says. */
export interface Topic {
  id: string;
  /** Each hit is a point; the topic with most points answers, the earlier one where two are level. */
  keywords: RegExp;
  text: string;
}

const topics: Record<Language, Topic[]> = { en: topicsInEnglish, zh: topicsInChinese };

function countHits(text: string, keywords: RegExp): number {
  return [...text.matchAll(keywords)].length;
}

/** The topic a question is about, or null where none of its words is known. */
export function findTopic(question: string, language: Language): Topic | null {
  // A page pasted into the chat is still one question: its beginning decides.
  const text = question.slice(0, 4000).toLowerCase();
  let best: Topic | null = null;
  let bestHits = 0;
  for (const topic of topics[language]) {
    const hits = countHits(text, topic.keywords);
    if (hits > bestHits) [best, bestHits] = [topic, hits];
  }
  return best;
}

const openings: Record<Language, string> = {
  en: '*I’m the built-in demo: my answers were written in advance, no model is behind them.*\n\n',
  zh: '*我是内置的演示供应商：回答是预先写好的，背后没有大模型。*\n\n',
};

const fallbacks: Record<Language, string> = {
  en: `I can’t think about that one: a real answer needs a model, and I’m only the demo that comes with Lyss. Everything around me is real, though: this stream, the stop button, the history, a reload in the middle.

I do know Lyss itself. Ask me, for example:
- What is Lyss?
- How do I add a supplier?
- How do roles work?
- Is my API key safe here?
- What can the demo show?

To get real answers here, a tenant admin adds a supplier’s key under **Suppliers** and picks one of its models below the message box.`,
  zh: `这个问题我答不了：真正的回答需要大模型，而我只是 Lyss 自带的演示。不过我周围的一切都是真的：流式输出、停止按钮、会话历史、中途刷新后继续。

关于 Lyss 本身，我很熟。比如可以问我：
- Lyss 是什么？
- 怎么添加供应商？
- 角色和权限是怎么回事？
- 我的 API 密钥放在这里安全吗？
- 演示能展示什么？

想要真正的回答，请租户管理员在「供应商」页面添加一个供应商的密钥，然后在输入框下方选择它的模型。`,
};

/** What the demo answers to an ordinary question. It says what it is at first and where it can't help, not in every line. */
export function answerQuestion(question: string, language: Language, isFirst: boolean): string {
  const topic = findTopic(question, language);
  if (!topic) return fallbacks[language];
  return isFirst && topic.id !== 'demo' ? openings[language] + topic.text : topic.text;
}
