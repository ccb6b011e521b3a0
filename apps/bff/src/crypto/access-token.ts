import { decodeProtectedHeader, errors, importJWK, jwtVerify, SignJWT, type CryptoKey, type JWK, type JWTHeaderParameters, type JWTPayload } from 'jose';
import { newId, sha256Hex } from './digest.ts';
import { readPublicJwk, type PublicJwk } from './signing-key.ts';
import { createVerifiedTokens } from './verified-tokens.ts';

export { generateSigningKey } from './signing-key.ts';

/** The key that signs now, and every key whose tokens still count. */
export interface SigningKeySource {
  active(): SigningKey | Promise<SigningKey>;
  all(): readonly JWK[] | Promise<readonly JWK[]>;
  /** Reads the keys again, for a token that names one nobody here knows; it bounds by itself how often. */
  lookAgain?(): Promise<void>;
}
export interface SigningKey {
  kid: string;
  private_jwk: JWK;
}

export interface AccessClaims {
  sub: string;
  sid: string;
  tid: string;
  /** The session's epoch when the token was issued. */
  ver: number;
  /** Seconds since 1970, as `exp` is in RFC 7519. */
  exp: number;
  jti: string;
}

export interface AccessTokens {
  /** A signed token, good for 600 s; permissions are never inside. */
  issue(subject: { user_id: string; session_id: string; tenant_id: string; epoch: number }): Promise<string>;
  /** The claims of a good token, at most 5 s after it was truly checked; throws AccessTokenError. */
  verify(token: string): Promise<AccessClaims>;
  /** For `/.well-known/jwks.json` (RFC 7517): public members only. */
  publicJwks(): Promise<{ keys: PublicJwk[] }>;
}

export class AccessTokenError extends Error {
  override name = 'AccessTokenError';
  readonly reason: 'expired' | 'invalid';

  constructor(reason: 'expired' | 'invalid') {
    super(reason === 'expired' ? 'The access token has expired.' : 'The access token is not valid.');
    this.reason = reason;
  }
}

const ALGORITHM = 'EdDSA';
const TYPE = 'at+jwt';
const AUDIENCE = 'lyss-api';
const LIFETIME_S = 600;
const LEEWAY_S = 5;
/** A token of ours has about 500 characters: anything far longer is refused unread. */
const MAX_TOKEN_LENGTH = 2048;
const VERIFIED = { max_tokens: 10_000, max_age_ms: 5_000 };

interface Options {
  issuer: string;
  keys: SigningKeySource;
  now?: () => number;
}
type ImportKey = (jwk: JWK) => Promise<CryptoKey | Uint8Array>;

/** Access tokens as JWS (RFC 7515, 8037, 9068's type): one algorithm, issuer, audience and type, none negotiable. */
export function createAccessTokens(options: Options): AccessTokens {
  const { issuer, keys, now = Date.now } = options;
  const importOnce = createImporter();
  const verified = createVerifiedTokens<AccessClaims>({ ...VERIFIED, now });

  return {
    async issue({ user_id, session_id, tenant_id, epoch }) {
      const { kid, private_jwk } = await keys.active();
      const iat = Math.floor(now() / 1000);
      const claims = { iss: issuer, aud: AUDIENCE, sub: user_id, sid: session_id, tid: tenant_id, ver: epoch, iat, exp: iat + LIFETIME_S, jti: newId() };
      return new SignJWT(claims).setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid }).sign(await importOnce(private_jwk));
    },
    async verify(token) {
      if (token.length > MAX_TOKEN_LENGTH) throw new AccessTokenError('invalid');
      const digest = sha256Hex(token);
      const known = verified.find(digest);
      if (known === null) {
        // Asked for here: a database that can't name the keys is no bad token.
        const claims = await checkToken(token, { issuer, jwks: await listKeysFor(token, keys), now_ms: now(), importOnce });
        verified.put(digest, claims);
        return claims;
      }
      if (known.exp + LEEWAY_S <= now() / 1000) throw new AccessTokenError('expired');
      return known;
    },
    publicJwks: async () => ({ keys: (await keys.all()).map(readPublicJwk) }),
  };
}

/** The keys that count, read again where the token names another: a replica may have rotated a moment ago. */
async function listKeysFor(token: string, keys: SigningKeySource): Promise<readonly JWK[]> {
  const known = await keys.all();
  const kid = readKid(token);
  if (kid === undefined || !keys.lookAgain || known.some((key) => key.kid === kid)) return known;
  await keys.lookAgain();
  return keys.all();
}

/** Undefined too where the token is malformed: the check says so. */
function readKid(token: string): string | undefined {
  try {
    return decodeProtectedHeader(token).kid;
  } catch {
    return undefined;
  }
}

async function checkToken(token: string, against: { issuer: string; jwks: readonly JWK[]; now_ms: number; importOnce: ImportKey }): Promise<AccessClaims> {
  const { issuer, jwks, now_ms, importOnce } = against;
  const findKey = async ({ kid }: JWTHeaderParameters) => {
    const jwk = jwks.find((key) => kid !== undefined && key.kid === kid);
    if (jwk === undefined) throw new AccessTokenError('invalid');
    return importOnce({ ...readPublicJwk(jwk) });
  };
  const rules = { algorithms: [ALGORITHM], issuer, audience: AUDIENCE, typ: TYPE, clockTolerance: LEEWAY_S, currentDate: new Date(now_ms), requiredClaims: ['exp', 'iat'] };
  try {
    return readClaims((await jwtVerify(token, findKey, rules)).payload);
  } catch (error) {
    throw new AccessTokenError(error instanceof errors.JWTExpired ? 'expired' : 'invalid');
  }
}

/** Imports each key once: an import costs more than a signature. */
function createImporter(): ImportKey {
  const imported = new Map<string, ReturnType<ImportKey>>();
  return (jwk) => {
    const id = sha256Hex(JSON.stringify(jwk));
    const key = imported.get(id) ?? importJWK(jwk, ALGORITHM);
    imported.set(id, key);
    return key;
  };
}

function readClaims({ sub, sid, tid, ver, exp, jti }: JWTPayload): AccessClaims {
  const texts = [sub, sid, tid, jti].every((claim) => typeof claim === 'string' && claim !== '');
  if (!texts || !Number.isSafeInteger(ver) || exp === undefined) throw new AccessTokenError('invalid');
  // Checked one line above; the compiler can't carry that through `every`.
  return { sub, sid, tid, ver, exp, jti } as AccessClaims;
}
