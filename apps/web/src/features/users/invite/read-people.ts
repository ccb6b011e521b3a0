import { isEmail } from '../../../app/form/judge.ts';
import { readRecords, type ListRecord } from './read-records.ts';

/** One person of a list. */
export interface ListedPerson {
  /** On which line of the text they stand, from 1. */
  line: number;
  email: string;
  /** Empty where the list names none. */
  name: string;
}

interface Columns {
  email: number;
  /** One, or given and family name in the order they are shown. */
  names: number[];
}

const emailHeads = new Set(['email', 'e-mail', 'mail', 'email address', 'e-mail address', 'emailaddress', '邮箱', '电子邮箱', '邮件', '邮件地址', '电子邮件', '邮箱地址', '电子邮件地址']);
const nameHeads = new Set(['name', 'full name', 'display name', 'displayname', '姓名', '名字', '名称', '显示名称']);
const givenHeads = new Set(['first name', 'firstname', 'given name', '名']);
const familyHeads = new Set(['last name', 'lastname', 'surname', 'family name', '姓']);

/**
 * The people of a pasted list or a CSV file, in order: addresses alone, several on a line, `Name <address>`, a name and
 * an address in columns, with or without a header. What holds no address comes as it stands, to be shown as wrong.
 */
export function readPeople(text: string): ListedPerson[] {
  const records = readRecords(text);
  const [first, ...rest] = records;
  const columns = first && readHeader(first.fields);
  return columns ? rest.map((record) => readRow(record, columns)) : records.flatMap(readLine);
}

function readHeader(fields: readonly string[]): Columns | null {
  const heads = fields.map((field) => field.toLowerCase());
  const email = heads.findIndex((head) => emailHeads.has(head));
  if (email < 0) return null;
  const find = (names: ReadonlySet<string>) => heads.findIndex((head) => names.has(head));
  const [whole, given, family] = [find(nameHeads), find(givenHeads), find(familyHeads)];
  return { email, names: (whole >= 0 ? [whole] : [given, family]).filter((at) => at >= 0) };
}

function readRow({ line, fields }: ListRecord, { email, names }: Columns): ListedPerson {
  const person = readAddress(fields[email] ?? '');
  const parts = names.map((at) => fields[at] ?? '').filter((part) => part !== '');
  return { line, email: person.email, name: parts.length > 0 ? joinName(parts) : person.name };
}

// A family name in Chinese signs comes first and without a space.
const joinName = (parts: readonly string[]): string => (parts.every((part) => /^\p{Script=Han}+$/u.test(part)) ? parts.toReversed().join('') : parts.join(' '));

function readLine({ line, fields }: ListRecord): ListedPerson[] {
  const filled = fields.filter((field) => field !== '');
  const found = filled.map(readAddress).filter(({ email }) => isEmail(email));
  const [only, another] = found;
  if (only === undefined) return [{ line, ...readAddress(filled.find((field) => field.includes('@')) ?? filled.join(' ')) }];
  // A list of addresses on one line; what stands between them and is none is shown as wrong.
  if (another !== undefined) return filled.map((field) => ({ line, ...readAddress(field) }));
  return [{ line, email: only.email, name: only.name || (filled.find((field) => !field.includes('@')) ?? '') }];
}

/** RFC 5322's `Name <address>`, or an address alone. */
function readAddress(field: string): Pick<ListedPerson, 'email' | 'name'> {
  const [whole, name = '', address = ''] = /^([^<>]*)<([^<>]*)>$/.exec(field) ?? [];
  if (whole === undefined) return { email: field.replace(/^mailto:/i, ''), name: '' };
  return { email: address.trim(), name: name.trim().replace(/^(["'])(.*)\1$/, '$2') };
}
