import type { CatalogueModel, CatalogueSupplier, CreateSupplierInput, Page, ProviderId, ReplaceSupplierInput, SupplierCredential, SuppliersQuery, TestSupplierInput } from '@lyss/api-types';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Actor } from '../../actor.ts';
import { TRIALS, type TryingPorts } from './count-trial.ts';
import { createCredential } from './create-credential.ts';
import type { SupplierCall, SupplierPorts } from './ports.ts';
import { listCredentials, readCredential } from './read-credential.ts';
import { removeCredential } from './remove-credential.ts';
import { replaceCredential } from './replace-credential.ts';
import { rotateKey } from './rotate-key.ts';
import { syncModels } from './sync-models.ts';
import { testSaved, testUnsaved } from './test-credential.ts';

export type SupplierService = ReturnType<typeof createSupplierService>;

/** A tenant's supplier credentials: tried before they are kept, sealed to their row and host, never shown again. */
export function createSupplierService(given: SupplierPorts) {
  const { tenancy, catalogue } = given;
  const ports: TryingPorts = { ...given, trials: new RateLimiterMemory(TRIALS) };
  return {
    listAvailable: (): Promise<CatalogueSupplier[]> => catalogue.listCatalogueSuppliers(),
    listProviderModels: (provider: ProviderId): Promise<CatalogueModel[]> => catalogue.listCatalogueModels(provider),
    list: (actor: Actor, query: SuppliersQuery): Promise<Page<SupplierCredential>> => tenancy.withTenant(actor.tenant_id, (db) => listCredentials(db, query)),
    read: (actor: Actor, id: string): Promise<SupplierCredential> => tenancy.withTenant(actor.tenant_id, (db) => readCredential(db, id)),
    create: (call: SupplierCall, input: CreateSupplierInput) => createCredential(ports, call, input),
    replace: (call: SupplierCall, id: string, input: ReplaceSupplierInput) => replaceCredential(ports, call, id, input),
    rotate: (call: SupplierCall, id: string, api_key: string) => rotateKey(ports, call, id, api_key),
    remove: (call: SupplierCall, id: string, detach: boolean) => removeCredential(ports, call, id, detach),
    testUnsaved: (call: SupplierCall, input: TestSupplierInput) => testUnsaved(ports, call, input),
    syncModels: (call: SupplierCall) => syncModels(ports, call),
    testSaved: (call: SupplierCall, id: string) => testSaved(ports, call, id),
  };
}
