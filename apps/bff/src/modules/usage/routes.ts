import { requestEndpoints, usageEndpoints as endpoints } from '@lyss/api-types';
import type { Tenancy } from '../../db/tenancy.ts';
import { fileRoute, route, type Route } from '../../http/route.ts';
import { createExportUsage } from './export-usage.ts';
import { createListTop } from './list-top.ts';
import { createRequestService } from './requests/service.ts';
import { createUsageService } from './service.ts';

export function usageRoutes(tenancy: Tenancy): Route[] {
  const usage = createUsageService({ tenancy });
  const requests = createRequestService({ tenancy });
  const listTop = createListTop(tenancy);
  const exportUsage = createExportUsage(tenancy);
  return [
    route(endpoints.summary, ({ actor, query }) => usage.summary(actor, query)),
    route(endpoints.timeseries, ({ actor, query }) => usage.timeseries(actor, query)),
    route(endpoints.top, ({ actor, query }) => listTop(actor, query)),
    fileRoute(endpoints.export, ({ actor, query }) => exportUsage(actor, query)),
    route(requestEndpoints.list, ({ actor, query }) => requests.list(actor, query)),
    route(requestEndpoints.read, ({ actor, params }) => requests.read(actor, params.id)),
  ];
}
