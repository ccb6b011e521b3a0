import type { TextUse } from './read-texts.ts';

export type Texts = Map<string, string>;

/** `{ a: { b: 'x' } }` → `a.b` → `x`. */
export function flatten(tree: object, before = ''): Texts {
  return new Map(Object.entries(tree).flatMap(([key, value]) => (typeof value === 'string' ? [[before + key, value] as const] : [...flatten(value as object, `${before}${key}.`)])));
}

const plural = /_(one|other)$/;
const placeholders = (text: string): string[] => [...new Set([...text.matchAll(/\{\{\s*(\w+)[^}]*\}\}/g)].map((found) => found[1] ?? ''))].toSorted();

/** Keys and placeholders that one language has and the other lacks; English plurals have `_one` more. */
export function judgePair(zh: Texts, en: Texts): string[] {
  const faults: string[] = [];
  for (const [key, text] of zh) {
    const other = en.get(key);
    if (other === undefined) faults.push(`${key}: missing in en-US`);
    else if (placeholders(text).join() !== placeholders(other).join()) faults.push(`${key}: other placeholders in en-US`);
    if (key.endsWith('_other') && !en.has(key.replace(plural, '_one'))) faults.push(`${key}: en-US lacks its _one`);
  }
  for (const key of en.keys()) if (!zh.has(key) && !zh.has(key.replace(plural, '_other'))) faults.push(`${key}: missing in zh-CN`);
  return faults;
}

const han = '[\\p{Script=Han}]';
const latin = '[A-Za-z0-9]';
const touching = new RegExp(`${han}(?:${latin}|\\{\\{)|(?:${latin}|\\}\\})${han}`, 'u');
// Names of people, tenants and sentences bring their own script: no space belongs around them.
const ownScript = /\{\{(name|tenant|names|zone|message|title|email|person)\}\}/g;

/** Chinese that touches Latin letters, digits or a number's placeholder without a space between. */
export function judgeSpacing(zh: Texts): string[] {
  return [...zh].filter(([, text]) => touching.test(text.replace(ownScript, '，'))).map(([key, text]) => `${key}: a space is missing in “${text}”`);
}

/** The keys that a path stands for: itself, its plural forms, those at a `*`, all below a `**`. */
function findKeys(texts: Texts, path: string): string[] {
  const pattern = new RegExp(`^${path.replaceAll('.', '\\.').replace(/\*+/g, (stars) => (stars === '**' ? '.+' : '[^.]+'))}(?:_other|_one)?$`);
  return [...texts.keys()].filter((key) => pattern.test(key));
}

/** Uses of texts that are not there, and uses that leave out what a text needs. */
export function judgeUses(texts: Texts, uses: TextUse[]): string[] {
  return uses.flatMap((use) => {
    const keys = findKeys(texts, use.path);
    if (keys.length === 0) return [`${use.file}:${use.line}: no text ${use.path}`];
    if (use.given === 'any') return [];
    const given: string[] = use.given ?? [];
    const needs = keys.map((key) => [...placeholders(texts.get(key) ?? ''), ...(plural.test(key) ? ['count'] : [])]);
    // A key chosen by value may be one of a few that need nothing: only what all of them need is certain.
    const needed = [...new Set(needs.flat())].filter((name) => needs.every((names) => names.includes(name)));
    const left = needed.filter((name) => !given.includes(name));
    return left.length === 0 ? [] : [`${use.file}:${use.line}: ${use.path} is not given ${left.join(', ')}`];
  });
}

/** Texts that nothing uses. */
export function listUnused(texts: Texts, uses: TextUse[]): string[] {
  const used = new Set(uses.flatMap((use) => findKeys(texts, use.path)));
  return [...texts.keys()].filter((key) => !used.has(key));
}
