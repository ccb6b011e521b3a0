import { generateSecret, generateURI, verify } from 'otplib';

const PERIOD_S = 30;
/** 160 bits, as RFC 4226 §4 recommends. */
const SECRET_BYTES = 20;

/** A new key of an authenticator app, in base32. */
export const newTotpSecret = (): string => generateSecret({ length: SECRET_BYTES });

/** The otpauth:// address that apps scan. */
export const totpUri = (secret: string, account: { issuer: string; label: string }): string => generateURI({ ...account, secret, period: PERIOD_S });

/**
 * The time step that a code of six digits belongs to (RFC 6238), now or one step to either side; null where it fits none.
 * That a step is taken once is the caller's to hold.
 */
export async function findTotpStep(secret: string, code: string, now_ms = Date.now()): Promise<number | null> {
  const result = await verify({ secret, token: code, period: PERIOD_S, epochTolerance: PERIOD_S, epoch: Math.floor(now_ms / 1_000) });
  return result.valid && 'timeStep' in result ? result.timeStep : null;
}
