import type { Tokens } from 'marked';
import { describe, expect, it } from 'vitest';
import { lex } from './lex.ts';
import { toCsv } from './plain-text.ts';

const csv = (text: string) => toCsv(lex(text).tokens.find((token): token is Tokens.Table => token.type === 'table') ?? { header: [], rows: [] });

describe('toCsv', () => {
  it('writes words without marks and quotes what needs it', () => {
    expect(csv('| **a** | b, "c" |\n|---|---|\n| `x&amp;y` | 1<br>2 |\n| &lt;3 | [l](https://a.b) |')).toBe('a,"b, ""c"""\r\nx&amp;y,"1\n2"\r\n<3,l');
  });

  it('hands no formula to a spreadsheet, and leaves numbers numbers', () => {
    expect(csv('| a |\n|---|\n| =HYPERLINK(1) |\n| +cmd |\n| @x |\n| -5.2% |\n| -1+1 |')).toBe("a\r\n'=HYPERLINK(1)\r\n'+cmd\r\n'@x\r\n-5.2%\r\n'-1+1");
  });
});
