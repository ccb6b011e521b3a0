import { auditEndpoints as endpoints } from '@lyss/api-types';
import { route, type Route } from '../../http/route.ts';
import type { AuditService } from './service.ts';

export function auditRoutes(service: AuditService): Route[] {
  return [
    route(endpoints.list, ({ actor, query }) => service.list(actor, query)),
    route(endpoints.read, ({ actor, params }) => service.read(actor, params.id)),
    route(endpoints.verify, ({ actor, body, caller }) => service.verify(actor, body, caller)),
    route(endpoints.listPlatform, ({ query }) => service.listPlatform(query)),
    route(endpoints.readPlatform, ({ params }) => service.readPlatform(params.id)),
    route(endpoints.verifyPlatform, ({ actor, body, caller }) => service.verifyPlatform(actor, body, caller)),
  ];
}
