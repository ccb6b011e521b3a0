import type { Token, Tokens } from 'marked';
import { decodeReferences } from './address.ts';

/** The words of tokens without their marks, for a table's CSV and for names. */
function toPlainText(tokens: readonly Token[]): string {
  return tokens
    .map((token) => {
      if (token.type === 'br') return '\n';
      if (token.type === 'math') return String(token['tex']);
      if ('tokens' in token && token.tokens && token.tokens.length > 0) return toPlainText(token.tokens);
      if (token.type === 'codespan' || token.type === 'html' || token.type === 'escape') return token.type === 'html' && /^<br\s*\/?>$/i.test(token.raw) ? '\n' : String(token['text']);
      return 'text' in token ? decodeReferences(String(token.text)) : '';
    })
    .join('');
}

// A cell that begins like this is a formula to a spreadsheet; the apostrophe makes it text (OWASP, CSV injection).
const formula = /^[=+\-@\t\r]/;

function toCell(text: string): string {
  const harmless = formula.test(text) && !/^[-+]?\d[\d.,]*%?$/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** A table as CSV (RFC 4180). */
export function toCsv(table: Pick<Tokens.Table, 'header' | 'rows'>): string {
  return [table.header, ...table.rows].map((row) => row.map((cell) => toCell(toPlainText(cell.tokens))).join(',')).join('\r\n');
}
