import { placeOfClientSecret, placeOfSupplierKey, placeOfTotpSecret } from '../crypto/sealed-places.ts';
import type { SealedColumn } from '../db/rotate-data-keys.ts';
import { originOf } from '../modules/suppliers/address.ts';

const read = (row: Record<string, string>, name: string) => row[name] ?? '';

/** Every column that the vault seals; a test holds it against PostgreSQL's catalogue. */
export const sealedColumns: readonly SealedColumn[] = [
  { table: 'supplier_credentials', column: 'sealed_key', reads: ['base_url'], place: (tenant_id, row) => placeOfSupplierKey(tenant_id, read(row, 'id'), originOf(read(row, 'base_url'))) },
  { table: 'sso_connections', column: 'sealed_secret', reads: ['issuer', 'token_origin'], place: (tenant_id, row) => placeOfClientSecret(tenant_id, read(row, 'id'), read(row, 'issuer'), read(row, 'token_origin')) },
  { table: 'totp_factors', column: 'sealed_secret', reads: [], place: (tenant_id, row) => placeOfTotpSecret(tenant_id, read(row, 'id')) },
];
