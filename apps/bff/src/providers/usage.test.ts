import { describe, expect, it } from 'vitest';
import { countMessages, countTokens, estimateMessages, estimateTokens } from './tokens.ts';
import { readTokens, settleUsage } from './usage.ts';

describe('countTokens', () => {
  it.each([
    ['', 0],
    ['hello world', 2],
    ['你好，世界', 3],
    ['<|endoftext|>', 1],
  ])('counts %j as o200k_base does', async (text, tokens) => {
    expect(await countTokens(text)).toBe(tokens);
  });

  it.each([
    ['letters', 'a'],
    ['signs', '!'],
    ['spaces', ' '],
    ['line ends', '\n'],
    ['accents', '\u0301'],
    ['half surrogates', '\ud800'],
  ])('is quick for a million %s, where merging would take minutes', async (_, character) => {
    const started = performance.now();
    expect(await countTokens(character.repeat(1_000_000))).toBeGreaterThan(0);
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it('estimates within a third of the count for prose of both languages', async () => {
    for (const text of ['Each tenant brings its own suppliers and decides who may use which model and for how much. '.repeat(9), '每个租户接入自己的供应商，决定谁可以使用哪个模型、花多少钱。'.repeat(9)]) {
      const share = estimateTokens(text) / (await countTokens(text));
      expect(share).toBeGreaterThan(0.66);
      expect(share).toBeLessThan(1.5);
    }
  });

  it('weighs messages with their calls', async () => {
    const messages = [{ text: 'hello world' }, { text: '', tool_calls: [{ name: 'weather', arguments: '{"city":"Paris"}' }] }];
    expect(await countMessages(messages)).toBeGreaterThan(8 + 2 + 5);
    expect(estimateMessages(messages)).toBeGreaterThan(8 + 2 + 5);
  });
});

describe('readTokens', () => {
  it.each([[0, 0], [7, 7], [10_000_000, 10_000_000], [10_000_001, null], [-1, null], [1.5, null], [1e30, null], [Number.NaN, null], ['7', null], [null, null], [undefined, null], [[7], null], [7n, null]])('%s', (value, tokens) => {
    expect(readTokens(value)).toBe(tokens);
  });
});

describe('settleUsage', () => {
  const sent = [{ text: 'hello world, how are you today?' }];
  const received = 'I am fine, thank you very much for asking me about it today.';

  it('believes a supplier whose tokens are others than ours, within reason', async () => {
    const counted = await countTokens(received);
    const reported = { input_tokens: 9, output_tokens: Math.ceil(counted * 0.7), cached_tokens: 2, reasoning_tokens: 3 };
    expect(await settleUsage(reported, sent, received)).toEqual({ ...reported, estimated: false });
  });

  it('believes more than was seen: reasoning is billed and often hidden', async () => {
    expect(await settleUsage({ input_tokens: 9, output_tokens: 5000, cached_tokens: null, reasoning_tokens: 4900 }, sent, received)).toMatchObject({ output_tokens: 5000, estimated: false });
  });

  it('puts our own count in the place of either figure alone', async () => {
    const counted = await countTokens(received);
    expect(await settleUsage({ input_tokens: 9, output_tokens: null, cached_tokens: null, reasoning_tokens: null }, sent, received)).toEqual({ input_tokens: 9, output_tokens: counted, cached_tokens: 0, reasoning_tokens: 0, estimated: true });
    expect(await settleUsage({ input_tokens: 0, output_tokens: counted, cached_tokens: 5, reasoning_tokens: 99 }, sent, received)).toMatchObject({ input_tokens: await countMessages(sent), output_tokens: counted, cached_tokens: 5, reasoning_tokens: counted, estimated: true });
  });
});
