import { describe, expect, it } from 'vitest';
import { judgePassword } from './judge-password.ts';

const context = { email: 'li.wei@kumquat.example', name: '李伟明', tenant_name: 'Acme Research' };

describe('judgePassword', () => {
  it.each(['plum tractor orbit ninety', 'xK9#mVq2!pLz7Rt', '我家的猫每天早上都在窗边看鸟飞', 'dvorak-lantern-81-fig', '🦊🐢🌵🎈🧊🚲🪁🥝🧶🪴🗿🛶🧭🪵🏺'])('takes %s', (password) =>
    expect(judgePassword(password, context)).toBeNull());

  it('counts code points, from 15 to 256, and has no other rule of composition', () => {
    expect(judgePassword('plum tractor or', context)).toBeNull();
    expect(judgePassword('plum tractor o', context)).toBe('too_short');
    expect(judgePassword('🦊🐢🌵🎈🧊🚲🪁🥝🧶🪴🗿🛶🧭🪵', context)).toBe('too_short');
    const long = Array.from({ length: 256 }, (_, index) => String.fromCodePoint(0x4e00 + index * 7)).join('');
    expect(judgePassword(long, context)).toBeNull();
    expect(judgePassword(`${long}x`, context)).toBe('too_long');
  });

  it.each([
    'passwordpassword', 'Password1234567', 'P@ssw0rd1234567!', 'password12345678', 'aaaaaaaaaaaaaaaa', 'abcabcabcabcabcabc', '1234567890123456', '123123123123123',
    'qwertyuiopasdfgh', 'QwErTyUiOpAsDfGhJkL', '1qaz2wsx3edc4rfv', 'zxcvbnmasdfghjkl', 'iloveyou1234567', 'welcome-to-admin', 'correct horse battery staple',
    'CorrectHorseBatteryStaple', 'changemechangeme', 'Letmein!Letmein!', 'abcdefghijklmnop', 'qazwsxedcrfvtgb', 'Summer2026Summer', 'woaini5201314520', '000000000000000',
    '1q2w3e4r5t6y7u8i', 'adminadmin123456', 'test-test-test-test',
  ])('refuses %s as common', (password) => expect(judgePassword(password, context)).toBe('common'));

  it.each([
    ['lyss is my platform 42', 'the product'],
    ['LYSS-plum-tractor-9', 'the product in capitals'],
    ['plum-acme-tractor-9', 'a word of the tenant'],
    ['acmeresearch-plum-4', 'the tenant'],
    ['@cme tractor orbit', 'the tenant in look-alikes'],
    ['liwei tractor orbit', 'the mailbox'],
    ['li.wei tractor orbit', 'the mailbox as written'],
    ['kumquat tractor 781', 'the domain'],
    ['李伟明 tractor orbit 7', 'the person'],
  ])('refuses %s: it holds %s', (password) => expect(judgePassword(password, context)).toBe('contains_name'));

  it('does not take short names for words', () => {
    expect(judgePassword('plum tractor orbit ninety', { email: 'a@b.co', name: 'Or Bu', tenant_name: 'Um' })).toBeNull();
    expect(judgePassword('plum tractor orbit ninety', { email: '', name: '', tenant_name: '' })).toBeNull();
  });
});
