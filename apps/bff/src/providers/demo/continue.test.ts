import { describe, expect, it } from 'vitest';
import { buildConversation, type DemoMessage } from './conversation.ts';
import { speak } from './speech.ts';

const user = (text: string): DemoMessage => ({ role: 'user', text });
const assistant = (text: string): DemoMessage => ({ role: 'assistant', text });
const answer = (...messages: DemoMessage[]): string => speak(buildConversation(messages), 'lyss-demo', null).pieces.join('');
const asks = { en: 'Please go on from where you were cut off.', zh: '请从中断的地方继续。' };

describe('a question to go on', () => {
  it.each([
    ['en', 'What is Lyss?'],
    ['zh', 'Lyss 是什么？'],
    ['zh', '怎么添加供应商？'],
    ['en', 'How do I add a supplier?'],
  ] as const)('says the rest of an answer that was broken off (%s, %s)', (language, question) => {
    const whole = answer(user(question));
    const said = answer(user(`${question} demo:cut`));
    expect(whole.startsWith(said) && said.length < whole.length).toBe(true);
    const rest = answer(user(`${question} demo:cut`), assistant(said), user(asks[language]));
    expect((said + rest).replace(/\s/g, '')).toBe(whole.replace(/\s/g, ''));
  });

  it('goes on a second time, from where the first rest was broken off', () => {
    const talk = [user('What is Lyss? demo:length'), assistant(answer(user('What is Lyss? demo:length'))), user('go on')];
    const rest = answer(...talk);
    const half = rest.slice(0, rest.length >> 1);
    const last = answer(...talk, assistant(half), user('continue'));
    expect((half + last).replace(/\s/g, '')).toBe(rest.replace(/\s/g, ''));
  });

  it('opens a program again that was broken off in its middle', () => {
    const question = user('demo:code');
    const said = answer(question).split('composite =')[0] ?? '';
    expect(answer(question, assistant(said), user('继续'))).toMatch(/^```python\n {4}composite =/);
  });

  it('says the whole answer where not one word had come', () => {
    expect(answer(user('What is Lyss?'), user('Continue'))).toBe(answer(user('What is Lyss?')));
  });

  it('adds nothing to a whole answer, and not a word to somebody else’s', () => {
    const question = user('Lyss 是什么？');
    expect(answer(question, assistant(answer(question)), user(asks.zh))).toContain('没有剩下的内容');
    expect(answer(question, assistant('Quite another answer'), user(asks.en))).toContain('not mine');
  });

  it('is not one with a marker, or with more to say', () => {
    const [question, said] = [user('What is Lyss?'), assistant('**Lyss** is')];
    expect(answer(question, said, user('demo:echo go on'))).toBe('go on');
    expect(answer(question, said, user('Please go on about budgets'))).toContain('reserve');
  });
});
