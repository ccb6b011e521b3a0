import { cleanup, render } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { Duration, Figure, Money } from './figure.tsx';
import { formatDuration, formatFigure, formatMoney } from './format-figure.ts';
import { formatExact, formatRelative } from './format-time.ts';

afterEach(cleanup);

describe('formatFigure', () => {
  it.each([
    [0, 'zh-CN', '0', ''], [9876, 'zh-CN', '9,876', ''], [10_000, 'zh-CN', '1', '万'], [2_400_500, 'zh-CN', '240.05', '万'], [182_000_000, 'zh-CN', '1.82', '亿'], [-15_000, 'zh-CN', '-1.5', '万'],
    [9876, 'en-US', '9,876', ''], [32_000, 'en-US', '32', 'K'], [1_000_000, 'en-US', '1', 'M'], [182_000_000, 'en-US', '182', 'M'], [2_500_000_000, 'en-US', '2.5', 'B'], [Number.NaN, 'en-US', '–', ''],
  ])('%d in %s is %s %s', (value, locale, number, unit) => expect(formatFigure(value, locale)).toEqual({ number, unit }));
});

describe('formatMoney', () => {
  it.each([
    ['0.001375', 'USD', '$0.001375'], ['0.1', 'USD', '$0.10'], ['12', 'USD', '$12.00'], ['17547.374', 'CNY', '¥17,547.37'], ['-3.5', 'USD', '-$3.50'], ['9007199254740993.11', 'USD', '$9,007,199,254,740,993.11'], ['1e3', 'USD', '–'], ['', 'USD', '–'],
  ])('%s %s is %s', (amount, currency, text) => expect(formatMoney(amount, currency, 'en-US')).toBe(text));
});

describe('formatDuration', () => {
  it.each([[0, '< 1 ms'], [0.4, '< 1 ms'], [1, '1 ms'], [365, '365 ms'], [999.6, '1,000 ms'], [1337, '1.34 s'], [23_400, '23.4 s'], [125_000, '2 min 5 s']])('%d ms is %s', (ms, text) => {
    const { number, unit } = formatDuration(ms, 'en-US');
    expect(`${number} ${unit}`).toBe(text);
  });
});

describe('times', () => {
  const now = new Date('2026-11-23T12:00:00Z');
  const ago = (seconds: number, locale: string) => formatRelative(new Date(now.getTime() - seconds * 1000), now, locale);

  it('are said as people say them, with a space between digits and Chinese', () => {
    expect([ago(20, 'zh-CN'), ago(180, 'zh-CN'), ago(86_400, 'zh-CN'), ago(-7200, 'zh-CN')]).toEqual(['刚刚', '3 分钟前', '昨天', '2 小时后']);
    expect([ago(20, 'en-US'), ago(60, 'en-US'), ago(7200, 'en-US'), ago(40 * 86_400, 'en-US')]).toEqual(['just now', '1 minute ago', '2 hours ago', 'last month']);
  });

  it('are exact in the person’s zone, and name it', () => {
    expect(formatExact(now, 'zh-CN', 'Asia/Shanghai')).toBe('2026 年 11 月 23 日 20:00:00 GMT+8');
    expect(formatExact(now, 'en-US', 'America/New_York').replace('\u202F', ' ')).toBe('Nov 23, 2026, 7:00:00 AM EST');
  });
});

describe('figures on the page', () => {
  it('show what is missing as a dash and keep the exact value as tip', () => {
    const { container } = render(<><Figure value={null} locale="en-US" /><Figure value={1_234_567} locale="en-US" unit="tokens" /><Duration ms={null} locale="en-US" /><Money amount="0.001375" currency="USD" locale="en-US" /></>);
    expect(container.textContent).toBe('–1.23Mtokens–$0.001375');
    expect(container.querySelector('[title="1,234,567"]')).not.toBeNull();
    expect(container.querySelector('[title="0.001375 USD"]')).not.toBeNull();
  });
});
