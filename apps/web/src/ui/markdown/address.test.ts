import { describe, expect, it } from 'vitest';
import { decodeReferences, findAddress } from './address.ts';

const forbidden = [
  'javascript:alert(1)', 'JaVaScRiPt:alert(1)', ' javascript:alert(1)', 'java\nscript:alert(1)', 'java\tscript:alert(1)', '\u0001javascript:alert(1)', 'javascript&colon;alert(1)', 'javascript://https://a.b/%0aalert(1)',
  'data:text/html,<script>alert(1)</script>', 'DATA:image/svg+xml;base64,PHN2Zz4=', 'vbscript:msgbox(1)', 'blob:https://a.b/1', 'file:///etc/passwd', 'ftp://a.b', 'intent://a#Intent;end', 'ms-word:ofe|u|x', 'view-source:https://a.b', 'about:blank',
  '//evil.example', '/admin', '#x', '../x', 'evil.example', 'http:', 'https://', '', 'https://[',
];

describe('findAddress', () => {
  it.each(forbidden)('refuses %j, also when its letters are written as references', (href) => {
    expect(findAddress(href)).toBeNull();
    const numbered = [...href].map((letter) => `&#x${letter.codePointAt(0)?.toString(16)};`).join('');
    expect(findAddress(decodeReferences(numbered))).toBeNull();
    expect(findAddress(numbered)).toBeNull();
  });

  it('takes http, https and mailto, and shows hosts as they are on the wire', () => {
    expect(findAddress('https://a.b/c?d=e#f')).toBe('https://a.b/c?d=e#f');
    expect(findAddress('HTTP://A.B')).toBe('http://a.b/');
    expect(findAddress('mailto:a@b.c')).toBe('mailto:a@b.c');
    expect(findAddress('https://аpple.com')).toBe('https://xn--pple-43d.com/');
    expect(findAddress('https://good.example\\@evil.example')).toBe('https://good.example/@evil.example');
  });
});

describe('decodeReferences', () => {
  it('gives text, once, and leaves what it does not know', () => {
    expect(decodeReferences('a &amp;lt; b &copy; &#8364; &#x20AC; &nosuch; &constructor; & &;')).toBe('a &lt; b © € € &nosuch; &constructor; & &;');
    expect(decodeReferences('&#0;&#xD800;&#x110000;')).toBe('\uFFFD\uFFFD\uFFFD');
  });
});
