import { COMMON_PHRASES, COMMON_WORDS, KEYBOARD_WALKS } from './common-passwords.ts';

export type PasswordFault = 'too_short' | 'too_long' | 'common' | 'contains_name' | 'too_short_here' | 'blocked_word';

/** What a tenant asks besides. */
export interface TenantPasswordPolicy {
  password_min_length: number;
  password_blocked_words: readonly string[];
}

/** NIST SP 800-63B-4: length in code points, a block list, and no rules of composition. */
const MIN_LENGTH = 15;
const MAX_LENGTH = 256;
const PRODUCT_NAMES = ['lyss'];
const MIN_NAME_LENGTH = 4;
const MIN_HAN_NAME_LENGTH = 2;
const MIN_WALK = 3;
/** A password needs this many characters that neither a common word nor a walk explains. */
const MIN_UNEXPLAINED = 5;
const LOOK_ALIKES: Record<string, string> = { '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', '8': 'b', '@': 'a', $: 's', '!': 'i' };

/** What a password needs beside a second factor (NIST SP 800-63B-4, §3.1.1.2). */
const MIN_LENGTH_WITH_FACTOR = 8;

/** Whether a password is too short to stand alone. */
export const isShortPassword = (password: string): boolean => [...password].length < MIN_LENGTH;

/** How many characters a new password needs, of somebody with a second factor or without: the platform's own length gives way to one, a longer one that a tenant asked for does not. */
export function findShortest({ has_second_factor, password_min_length: asked = 0 }: { has_second_factor?: boolean; password_min_length?: number }): number {
  const least = has_second_factor ? MIN_LENGTH_WITH_FACTOR : MIN_LENGTH;
  return asked > MIN_LENGTH ? asked : least;
}

/** Judges a new password; null when it is good enough for somebody with a second factor, or without. */
export function judgePassword(password: string, context: { email: string; name: string; tenant_name: string; has_second_factor?: boolean } & Partial<TenantPasswordPolicy>): PasswordFault | null {
  const length = [...password].length;
  if (length < (context.has_second_factor ? MIN_LENGTH_WITH_FACTOR : MIN_LENGTH)) return 'too_short';
  if (length > MAX_LENGTH) return 'too_long';
  if (length < findShortest(context)) return 'too_short_here';
  const plain = fold(password);
  if (holdsWord(plain, context.password_blocked_words ?? [])) return 'blocked_word';
  const names = listNames(context);
  if (names.some((name) => squash(plain).includes(name) || squash(readLookAlikes(plain)).includes(name))) return 'contains_name';
  return isCommon(plain) ? 'common' : null;
}

/** In any case and width, with signs between its letters or look-alikes for them. */
function holdsWord(plain: string, words: readonly string[]): boolean {
  const texts = [plain, squash(plain), squash(readLookAlikes(plain))];
  return words.some((word) => {
    const folded = fold(word);
    const squashed = squash(folded);
    return texts.some((text) => text.includes(folded) || (squashed !== '' && text.includes(squashed)));
  });
}

function isCommon(plain: string): boolean {
  const squashed = squash(plain);
  const read = squash(readLookAlikes(plain));
  if (COMMON_PHRASES.some((phrase) => phrase === squashed || phrase === read)) return true;
  return isRepetition(plain) || countUnexplained(plain) < MIN_UNEXPLAINED;
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

function squash(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, '');
}

function readLookAlikes(text: string): string {
  return text.replace(/[0134578@$!]/g, (character) => LOOK_ALIKES[character] ?? character);
}

/** The words of the product's, tenant's and person's names, and of the e-mail address but its top-level domain. */
function listNames(context: { email: string; name: string; tenant_name: string }): string[] {
  const [local = '', domain = ''] = fold(context.email).split('@');
  const wholes = [local, fold(context.name), fold(context.tenant_name)];
  const words = [...wholes, domain.split('.').slice(0, -1).join(' ')].flatMap((text) => text.split(/[^\p{L}\p{N}]+/u));
  const names = [...PRODUCT_NAMES, ...wholes.map(squash), ...words];
  return names.filter((name) => name.length >= (/\p{Script=Han}/u.test(name) ? MIN_HAN_NAME_LENGTH : MIN_NAME_LENGTH));
}

/** One unit over and over, the last one perhaps cut short: `abcabcab`, `passwordpassword`. */
function isRepetition(plain: string): boolean {
  for (let period = 1; period <= plain.length / 2; period += 1) {
    if (plain.slice(period) === plain.slice(0, -period)) return true;
  }
  return false;
}

/** How many characters are left after marking common words, keyboard walks and runs of one character. */
function countUnexplained(plain: string): number {
  // By code unit, as indexOf counts; separators explain themselves, an emoji does not.
  const marked = plain.split('').map((unit) => /[\s\p{P}$+<=>^`|~]/u.test(unit));
  const read = readLookAlikes(plain);
  for (const word of COMMON_WORDS) {
    for (const text of [plain, read]) {
      for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) marked.fill(true, at, at + word.length);
    }
  }
  markWalks(plain, marked);
  return marked.filter((is) => !is).length;
}

function markWalks(plain: string, marked: boolean[]): void {
  const walks = [...KEYBOARD_WALKS, ...KEYBOARD_WALKS.map((walk) => [...walk].reverse().join(''))];
  for (let at = 0; at + MIN_WALK <= plain.length; at += 1) {
    const piece = plain.slice(at, at + MIN_WALK);
    const repeats = piece === piece.charAt(0).repeat(MIN_WALK);
    if (repeats || walks.some((walk) => walk.includes(piece))) marked.fill(true, at, at + MIN_WALK);
  }
}
