import { requestEndpoints, usageEndpoints as endpoints } from '@lyss/api-types';
import { fileRoute, route, type Route } from '../../http/route.ts';
import type { RequestService } from './requests/service.ts';
import type { UsageService } from './service.ts';

export function usageRoutes(usage: UsageService, requests: RequestService): Route[] {
  return [
    route(endpoints.summary, ({ actor, query }) => usage.summary(actor, query)),
    route(endpoints.timeseries, ({ actor, query }) => usage.timeseries(actor, query)),
    route(endpoints.top, ({ actor, query }) => usage.listTop(actor, query)),
    fileRoute(endpoints.export, ({ actor, query }) => usage.exportUsage(actor, query)),
    route(requestEndpoints.list, ({ actor, query }) => requests.list(actor, query)),
    route(requestEndpoints.read, ({ actor, params }) => requests.read(actor, params.id)),
  ];
}
