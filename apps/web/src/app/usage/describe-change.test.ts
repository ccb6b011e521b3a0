import { expect, it } from 'vitest';
import { describeChange, describeShareChange, shareOf } from './describe-change.ts';

it('says by how much a figure changed, and nothing where there was none', () => {
  expect(describeChange(112.4, 100, 'en-US')).toEqual({ text: '+12.4%', tone: null });
  expect(describeChange(50, 100, 'zh-CN')).toEqual({ text: '-50%', tone: null });
  expect(describeChange(100, 100, 'en-US')?.text).toBe('0%');
  expect(describeChange(5, 0, 'en-US')).toBeNull();
});

it('calls more failures bad and fewer good', () => {
  expect(describeShareChange(0.0042, 0.0053, 'en-US')).toEqual({ text: '-0.11 pp', tone: 'good' });
  expect(describeShareChange(0.02, 0.01, 'en-US')).toEqual({ text: '+1 pp', tone: 'bad' });
  expect(describeShareChange(shareOf(0, 0), 0.01, 'en-US')).toBeNull();
  expect(describeShareChange(0.01, 0.01, 'en-US')?.tone).toBeNull();
});
