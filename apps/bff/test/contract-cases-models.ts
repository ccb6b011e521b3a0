import type { EndpointId } from '@lyss/api-types';
import type { Sent } from './contract-cases.ts';
import type { ContractScene } from './contract-scene.ts';

type ModelId = Extract<EndpointId, `tenantModels.${string}`>;

/** The happy paths of a tenant's models and their prices. */
export const modelCases: Record<ModelId, (scene: ContractScene) => Sent | Promise<Sent>> = {
  'tenantModels.list': (scene) => ({ as: scene.app.owner }),
  'tenantModels.read': (scene) => ({ as: scene.app.owner, params: { id: scene.ours.model_id } }),
  'tenantModels.update': (scene) => ({
    as: scene.app.owner,
    params: { id: scene.ours.model_id },
    body: { display_name: 'The small one', aliases: [`small-${crypto.randomUUID()}`], roles: ['tenant_admin', scene.ours.role_id], price: { input: '1.5', output: '6' } },
  }),
  'tenantModels.listPrices': (scene) => ({ as: scene.app.owner, params: { id: scene.ours.model_id } }),
  'tenantModels.sync': (scene) => ({ as: scene.app.owner }),
  'tenantModels.readRates': (scene) => ({ as: scene.app.owner }),
  'tenantModels.replaceRate': async (scene) => {
    const as = await scene.app.signInAs('tenant_admin', { tenant: 'new' });
    await scene.app.call('PATCH', '/api/v1/admin/tenant', { as, body: { currency: 'EUR' } });
    return { as, body: { to: 'EUR', rate: '0.92' } };
  },
};
