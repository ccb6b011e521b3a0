import type { CatalogueModel, ProviderId } from '@lyss/api-types';
import type { Vault } from '../../crypto/vault.ts';
import type { Tenancy } from '../../db/tenancy.ts';
import type { Desks } from './desk.ts';

export interface ModelPorts {
  tenancy: Tenancy;
  vault: Pick<Vault, 'open'>;
  desks: Desks;
  describeModel(provider: ProviderId, name: string): Promise<CatalogueModel>;
}
