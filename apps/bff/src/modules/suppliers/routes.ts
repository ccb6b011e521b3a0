import { supplierEndpoints as endpoints, tenantModelEndpoints } from '@lyss/api-types';
import { route, type Route } from '../../http/route.ts';
import type { SupplierService } from './service.ts';

export function supplierRoutes(service: SupplierService): Route[] {
  return [
    route(endpoints.available, async () => ({ items: await service.listAvailable() })),
    route(endpoints.providerModels, async ({ params }) => ({ items: await service.listProviderModels(params.provider) })),
    route(endpoints.test, (call) => service.testUnsaved(call, call.body)),
    route(endpoints.list, ({ actor, query }) => service.list(actor, query)),
    route(endpoints.create, (call) => service.create(call, call.body)),
    route(endpoints.read, ({ actor, params }) => service.read(actor, params.id)),
    route(endpoints.replace, (call) => service.replace(call, call.params.id, call.body)),
    route(endpoints.rotate, (call) => service.rotate(call, call.params.id, call.body.api_key)),
    route(endpoints.testSaved, (call) => service.testSaved(call, call.params.id)),
    route(tenantModelEndpoints.sync, async (call) => ({ items: await service.syncModels(call) })),
    route(endpoints.remove, (call) => service.remove(call, call.params.id, call.query.detach === 'true')),
  ];
}
