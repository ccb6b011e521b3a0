import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { newId } from './digest.ts';

/** An Ed25519 key as the world may see it (RFC 8037). */
export interface PublicJwk {
  kty: 'OKP';
  crv: 'Ed25519';
  x: string;
  kid: string;
  alg: 'EdDSA';
  use: 'sig';
}

export interface GeneratedSigningKey {
  kid: string;
  public_jwk: PublicJwk;
  /** To be sealed by the vault before it is stored. */
  private_jwk_json: string;
}

/** A new Ed25519 key for access tokens; its private half leaves only as the text to seal. */
export async function generateSigningKey(): Promise<GeneratedSigningKey> {
  const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const kid = newId();
  const private_jwk = { ...(await exportJWK(pair.privateKey)), kid };
  return { kid, public_jwk: readPublicJwk(private_jwk), private_jwk_json: JSON.stringify(private_jwk) };
}

/** Only the public members, whatever else the object holds; throws TypeError for another kind of key. */
export function readPublicJwk(jwk: JWK): PublicJwk {
  if (jwk.kty !== 'OKP' || jwk.crv !== 'Ed25519' || !jwk.x || !jwk.kid) throw new TypeError('A signing key must be an Ed25519 JWK with a kid.');
  return { kty: 'OKP', crv: 'Ed25519', x: jwk.x, kid: jwk.kid, alg: 'EdDSA', use: 'sig' };
}
