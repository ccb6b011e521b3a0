/** One row of a list, and the line of the text on which it begins, from 1. */
export interface ListRecord {
  line: number;
  fields: string[];
}

const separators = [',', ';', '\t'] as const;
type Separator = (typeof separators)[number];

/**
 * A pasted list or a CSV file (RFC 4180) as rows of fields: quotes, doubled quotes and line breaks inside them, any kind
 * of line end, Excel's byte order mark and its `sep=` line. A quote that nobody closes is a sign like any other.
 */
export function readRecords(text: string): ListRecord[] {
  const plain = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const [, said = ''] = /^sep=(.)\r?\n/i.exec(plain) ?? [];
  const separator = separators.find((sign) => sign === said);
  const records = splitRecords(plain, separator ?? guessSeparator(plain));
  return records.slice(separator ? 1 : 0).filter(({ fields }) => fields.some((field) => field !== ''));
}

/** Whichever stands most often outside of quotes and of `Name <address>`. */
function guessSeparator(text: string): Separator {
  const bare = text.replace(/"(?:[^"]|"")*"/g, '');
  const counts = separators.map((sign) => bare.split(sign).length);
  return separators[counts.indexOf(Math.max(...counts))] ?? ',';
}

function splitRecords(text: string, separator: Separator): ListRecord[] {
  const records: ListRecord[] = [];
  let [at, line] = [0, 1];
  while (at < text.length) {
    const fields: string[] = [];
    const begins = line;
    for (let more = true; more; ) {
      const field = readField(text, at, separator);
      fields.push(field.value);
      line += field.breaks;
      more = text[field.end] === separator;
      at = field.end + 1;
    }
    // CRLF is one end of a line, as LF and CR are.
    if (text[at - 1] === '\r' && text[at] === '\n') at++;
    records.push({ line: begins, fields });
    line++;
  }
  return records;
}

interface ReadField {
  value: string;
  /** Where the separator, the line's end or the text's end stands. */
  end: number;
  /** Line breaks inside quotes. */
  breaks: number;
}

function readField(text: string, from: number, separator: Separator): ReadField {
  const quoted = readQuoted(text, from);
  const end = findEnd(text, quoted?.end ?? from, separator);
  // Behind the quotes: the address of `"Lovelace, Ada" <ada@example.com>`.
  const value = (quoted?.value ?? '') + text.slice(quoted?.end ?? from, end);
  return { value: value.trim(), end, breaks: quoted?.breaks ?? 0 };
}

/** What a field's opening quote holds; null where there is none, or nothing closes it. */
function readQuoted(text: string, from: number): ReadField | null {
  const [opening, inside = ''] = /^[ \t]*"((?:[^"]|"")*)"/.exec(text.slice(from, from + LONGEST)) ?? [];
  if (opening === undefined) return null;
  return { value: inside.replaceAll('""', '"').replace(/\s*[\r\n]+\s*/g, ' '), end: from + opening.length, breaks: inside.match(/\r\n|\r|\n/g)?.length ?? 0 };
}

// No name and no address is longer; a forgotten quote then costs a look at so many signs and not at the whole list.
const LONGEST = 2_000;

function findEnd(text: string, from: number, separator: Separator): number {
  for (let at = from; at < text.length; at++) {
    const sign = text[at];
    if (sign === separator || sign === '\n' || sign === '\r') return at;
  }
  return text.length;
}
