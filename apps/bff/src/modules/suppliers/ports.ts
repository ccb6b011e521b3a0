import type { CatalogueModel, CatalogueSupplier, ProviderId } from '@lyss/api-types';
import type { Actor, Caller } from '../../actor.ts';
import type { Vault } from '../../crypto/vault.ts';
import type { Tenancy } from '../../db/tenancy.ts';
import type { ProviderRegistry } from '../../providers/registry.ts';
import type { Supplier } from '../../providers/suppliers.ts';

export interface SupplierPorts {
  tenancy: Tenancy;
  vault: Pick<Vault, 'seal' | 'open'>;
  providers: Pick<ProviderRegistry, 'verify'>;
  catalogue: {
    suppliers: readonly Supplier[];
    listCatalogueSuppliers(): Promise<CatalogueSupplier[]>;
    listCatalogueModels(provider: ProviderId): Promise<CatalogueModel[]>;
  };
}

/** Who asks, of which version of the row, and until when they wait. */
export interface SupplierCall {
  actor: Actor;
  caller: Caller;
  if_match: number | null;
  signal: AbortSignal;
  /** Throws where the caller may no longer do this: a trial at the supplier takes its time. */
  confirm(): Promise<void>;
}
