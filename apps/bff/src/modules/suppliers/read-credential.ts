import type { Page, SupplierCredential, SuppliersQuery } from '@lyss/api-types';
import type { TenantDb } from '../../db/tenancy.ts';
import { AppError } from '../../errors.ts';
import type { Supplier } from '../../providers/suppliers.ts';
import * as repository from './repository.ts';

const none: repository.Dependents = { conversations: 0, running_replies: 0 };

export async function listCredentials(db: TenantDb, query: SuppliersQuery): Promise<Page<SupplierCredential>> {
  const { items, pagination } = await repository.listCredentials(db, query);
  const dependents = await repository.listDependents(db, items.map(({ id }) => id));
  return { items: items.map((row) => ({ ...row, dependents: dependents.get(row.id) ?? none })), pagination };
}

/** Throws 3007, for another tenant's id as for none. */
export async function readCredential(db: TenantDb, id: string): Promise<SupplierCredential> {
  const row = await repository.findCredential(db, id);
  if (!row) throw new AppError('RESOURCE_NOT_FOUND');
  const dependents = await repository.listDependents(db, [id]);
  return { ...row, dependents: dependents.get(id) ?? none };
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
