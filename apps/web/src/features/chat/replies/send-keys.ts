import { randomId } from '../../../api/random-id.ts';

/** One send: what goes out, and where to. */
type Words = readonly unknown[];

// By what is sent. A send that was lost on the way may have arrived: sent again word for word it carries the same
// Idempotency-Key, and is made once.
let unanswered: ReadonlyMap<string, string> = new Map();
// They hold what a person wrote: whoever has so many lost sends has long given up the first.
const KEPT = 50;

/** The Idempotency-Key of these words: the same one until the server has answered them. */
export function keyFor(words: Words): string {
  const name = JSON.stringify(words);
  const key = unanswered.get(name) ?? randomId();
  const others = [...unanswered].filter(([known]) => known !== name);
  unanswered = new Map([...others, [name, key] as const].slice(-KEPT));
  return key;
}

/** Says that the server has answered these words: the same again are another send. */
export function forgetKey(words: Words): void {
  const name = JSON.stringify(words);
  unanswered = new Map([...unanswered].filter(([known]) => known !== name));
}

/** Forgets them all: they hold what a person wrote. */
export function forgetKeys(): void {
  unanswered = new Map();
}
