import type { Page, SupplierCredential, SuppliersQuery } from '@lyss/api-types';
import type { TenantDb } from '../../db/tenancy.ts';
import { AppError } from '../../errors.ts';
import type { Supplier } from '../../providers/suppliers.ts';
import * as repository from './repository.ts';

const unused: repository.Dependents = { conversations: 0, running_replies: 0 };
const quiet: repository.Traffic = { answered: 0, failed: 0, first_token_ms: null };

export async function listCredentials(db: TenantDb, query: SuppliersQuery): Promise<Page<SupplierCredential>> {
  const { items, pagination } = await repository.listCredentials(db, query);
  return { items: await describeRows(db, items), pagination };
}

/** Throws 3007, for another tenant's id as for none. */
export async function readCredential(db: TenantDb, id: string): Promise<SupplierCredential> {
  const row = await repository.findCredential(db, id);
  const [described] = row ? await describeRows(db, [row]) : [];
  if (!described) throw new AppError('RESOURCE_NOT_FOUND');
  return described;
}

/** The rows with what depends on each and what went through it. */
async function describeRows(db: TenantDb, rows: repository.CredentialRow[]): Promise<SupplierCredential[]> {
  const ids = rows.map(({ id }) => id);
  const dependents = await repository.listDependents(db, ids);
  const traffic = await repository.listTraffic(db, ids);
  return rows.map((row) => ({ ...row, dependents: dependents.get(row.id) ?? unused, last_24h: traffic.get(row.id) ?? quiet }));
}

export async function getStored(db: TenantDb, id: string): Promise<repository.StoredCredential> {
  const row = await repository.findStored(db, id);
  if (!row) throw new AppError('RESOURCE_NOT_FOUND');
  return row;
}

export function getSupplier(suppliers: readonly Supplier[], provider: Supplier['provider']): Supplier {
  const supplier = suppliers.find((known) => known.provider === provider);
  if (!supplier) throw new AppError('RESOURCE_NOT_FOUND');
  return supplier;
}

/** Throws 3005 as 412 where the caller's If-Match names another version than the row has. */
export function refuseStale(current: number, if_match: number | null): void {
  if (if_match !== null && if_match !== current) throw new AppError('RESOURCE_CONFLICT', { status: 412, details: { reason: 'stale_version' } });
}
