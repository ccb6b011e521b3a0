import { modelEndpoints, tenantModelEndpoints as endpoints } from '@lyss/api-types';
import { route, type Route } from '../../http/route.ts';
import type { ModelService } from './service.ts';

export function modelRoutes(service: ModelService): Route[] {
  return [
    route(modelEndpoints.list, async ({ actor }) => ({ items: await service.list(actor) })),
    route(endpoints.list, ({ actor, query }) => service.listAll(actor, query)),
    route(endpoints.readRates, ({ actor }) => service.readRates(actor)),
    route(endpoints.replaceRate, (call) => service.replaceRate(call, call.body)),
    route(endpoints.read, ({ actor, params }) => service.read(actor, params.id)),
    route(endpoints.update, (call) => service.change(call, call.params.id, call.body)),
    route(endpoints.listPrices, ({ actor, params, query }) => service.listPrices(actor, params.id, query)),
  ];
}
