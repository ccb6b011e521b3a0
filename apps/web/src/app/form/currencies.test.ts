import { describe, expect, it } from 'vitest';
import { listCurrencies } from './currencies.ts';

const codes = (kept = '') => listCurrencies('zh-CN', kept).map(({ value }) => value);

describe('the currencies offered', () => {
  it('are in use: none that a country gave up', () => {
    const dead = ['DEM', 'FRF', 'ITL', 'ATS', 'HRK', 'BGN', 'ZWL', 'VEF', 'AFA', 'XAU', 'XXX', 'CUC', 'SLL'];
    expect(codes().filter((code) => dead.includes(code))).toEqual([]);
    expect(codes().length).toBeGreaterThan(140);
    expect(new Set(codes()).size).toBe(codes().length);
  });
  it('begin with the common ones, by name in the reader’s language', () => {
    expect(listCurrencies('zh-CN', '').slice(0, 2)).toEqual([{ value: 'CNY', label: 'CNY · 人民币' }, { value: 'USD', label: 'USD · 美元' }]);
    expect(listCurrencies('en-US', '').find(({ value }) => value === 'KES')?.label).toBe('KES · Kenyan Shilling');
  });
  it('keep the one that a tenant has, even a dead one', () => {
    expect(codes('DEM')).toContain('DEM');
  });
});
