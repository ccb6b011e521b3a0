import type { LetterFailure } from '@lyss/api-types';

const byCode: Record<string, LetterFailure> = {
  EAUTH: 'sign_in_refused',
  ENOAUTH: 'sign_in_refused',
  ETLS: 'not_encrypted',
  EENVELOPE: 'address_refused',
  EMESSAGE: 'letter_refused',
  ECONNECTION: 'server_unreachable',
  ETIMEDOUT: 'server_unreachable',
  ESOCKET: 'server_unreachable',
  EDNS: 'server_unreachable',
};
/** A server that is only just there may say it by the system's own codes. */
const systemCode = /^E(CONN|HOST|NET|PIPE|ADDR|AI_)/;

/** Why a letter did not leave, out of what nodemailer throws: a closed word, never the server's own text, which may repeat the letter. */
export function describeFailure(error: unknown): LetterFailure {
  const { code = '', responseCode } = error as { code?: string; responseCode?: number };
  return byCode[code] ?? (systemCode.test(code) ? 'server_unreachable' : responseCode === undefined ? 'unknown' : 'letter_refused');
}
