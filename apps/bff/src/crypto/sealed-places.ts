import type { SecretPlace } from './vault.ts';

/** Where a supplier credential's key lives and the one origin it may be sent to: moved to another row or host, it does not open. */
export function placeOfSupplierKey(tenant_id: string, row_id: string, origin: string): SecretPlace {
  return { tenant_id, table: 'supplier_credentials', column: 'sealed_key', row_id, origin };
}

/** Where a connection's client secret lives: bound to its issuer and to the one origin that this issuer's token endpoint has. */
export function placeOfClientSecret(tenant_id: string, row_id: string, issuer: string, token_origin: string): SecretPlace {
  return { tenant_id, table: 'sso_connections', column: 'sealed_secret', row_id, origin: `${new URL(issuer).origin} ${token_origin}` };
}

/** Where an authenticator app's key lives. It is sent nowhere. */
export function placeOfTotpSecret(tenant_id: string, row_id: string): SecretPlace {
  return { tenant_id, table: 'totp_factors', column: 'sealed_secret', row_id, origin: '' };
}
