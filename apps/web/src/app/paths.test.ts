import { describe, expect, it } from 'vitest';
import { isVisitorPath, readNext, signInPath } from './paths.ts';

describe('where sign-in leads', () => {
  it.each(['/', '/users?status=active', '/chat/abc#end', '/a//b'])('keeps %s', (next) => {
    expect(readNext(`?next=${encodeURIComponent(next)}`)).toBe(next);
  });
  it.each(['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '\\/evil.example', '', ' /users', '/\t/evil.example', '/sign-in?next=/sign-in'])('does not follow %j', (next) => {
    expect(readNext(`?next=${encodeURIComponent(next)}`)).toBe('/');
  });
  it('leads nowhere without a parameter', () => {
    expect(readNext('')).toBe('/');
  });
  it('comes back to where somebody was', () => {
    expect(readNext(new URL(signInPath('/users?peek=1'), 'http://x').search)).toBe('/users?peek=1');
    expect(signInPath('/')).toBe('/sign-in');
  });
});

it('knows which paths are for visitors', () => {
  expect(['/sign-in', '/set-up', '/invitation/x'].every(isVisitorPath)).toBe(true);
  expect(['/', '/users', '/sign-in-x', '/invitation'].some(isVisitorPath)).toBe(false);
});
