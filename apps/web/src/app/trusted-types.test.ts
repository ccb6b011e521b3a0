import { describe, expect, it } from 'vitest';
import { allowMarkup, allowScriptAddress, installTrustedTypes } from './trusted-types.ts';

describe('the default policy', () => {
  it('lets style text through and refuses whatever could open a tag', () => {
    expect(allowMarkup('.a > .b{color:red}')).toBe('.a > .b{color:red}');
    for (const text of ['<img src=x onerror=alert(1)>', 'a<b', '<', '<!--']) expect(allowMarkup(text)).toBeNull();
  });

  it('knows scripts of this origin only', () => {
    const origin = 'https://lyss.example';
    expect(allowScriptAddress('/assets/a.js', origin)).toBe('/assets/a.js');
    for (const url of ['https://evil.example/a.js', '//evil.example/a.js', 'data:text/javascript,1', 'blob:https://lyss.example/1x', 'javascript:1', 'https://lyss.example.evil/', 'https://']) {
      expect(allowScriptAddress(url, origin), url).toBeNull();
    }
  });

  it('is named default, makes no script text, and is left out where the browser has no Trusted Types', () => {
    const made: [string, object][] = [];
    installTrustedTypes({ location: { origin: 'https://lyss.example' }, trustedTypes: { createPolicy: (name, rules) => made.push([name, rules]) } });
    expect(made.map(([name, rules]) => [name, Object.keys(rules)])).toEqual([['default', ['createHTML', 'createScriptURL']]]);
    expect(() => installTrustedTypes({ location: { origin: 'https://lyss.example' } })).not.toThrow();
  });
});
