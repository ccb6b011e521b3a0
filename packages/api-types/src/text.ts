import { z } from 'zod';

export const locales = ['zh-CN', 'en-US'] as const;
export type Locale = (typeof locales)[number];
export const locale = z.enum(locales);

// Control, format and line-breaking characters would let a name forge lines in logs and exports, or turn its text round;
// U+3164 and its like are letters that show nothing. Joiners (U+200C, U+200D) belong to scripts and emoji.
// Whether it is empty is min()'s to say, once.
const printable = /^(?:|(?=.*[\p{L}\p{N}\p{P}\p{S}])(?:[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u{115f}\u{1160}\u{3164}\u{ffa0}]|[\u{200c}\u{200d}])+)$/u;

/** A person's or thing's name as it is shown: trimmed, one line, no control or direction characters. */
export function label(max: number) {
  return z.string().trim().min(1).max(max).regex(printable);
}

export const email = z.string().trim().max(254).pipe(z.email()).describe('Compared without case');
export const workspace = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{1,30}[a-z0-9])$/)
  .describe('The tenant’s short name in addresses: 3–32 of a–z, 0–9 and hyphen');
export const password = z.string().min(1).max(256);
export const currency = z.string().regex(/^[A-Z]{3}$/).describe('ISO 4217');
export const timeZone = z.string().max(64).refine(isTimeZone, { message: 'an IANA time zone' }).describe('IANA time zone');
export const totpCode = z.string().trim().regex(/^\d{6}$/).describe('Six digits of an authenticator app');
/** Read without case, spaces and hyphens. */
export const recoveryCode = z.string().trim().max(40).regex(/^[A-Za-z0-9][A-Za-z0-9 -]{8,38}$/).describe('One of ten, as xxxx-xxxx-xxxx-xxxx');
export const oneTimeToken = z.string().regex(/^[A-Za-z0-9_-]{43}$/).describe('256 bits, base64url');

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) instanceof Intl.DateTimeFormat;
  } catch {
    return false;
  }
}
