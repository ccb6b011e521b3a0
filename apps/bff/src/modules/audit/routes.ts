import { auditEndpoints as endpoints } from '@lyss/api-types';
import { fileRoute, route, type Route } from '../../http/route.ts';
import type { createAuditExports } from './exports.ts';
import type { AuditService } from './service.ts';

export function auditRoutes(service: AuditService, files: ReturnType<typeof createAuditExports>): Route[] {
  return [
    route(endpoints.list, ({ actor, query }) => service.list(actor, query)),
    // Before the entries: `exports` would be taken for an id.
    route(endpoints.startExport, ({ actor, body, caller }) => files.start(actor, body, caller)),
    route(endpoints.listExports, ({ actor, query }) => files.list(actor, query)),
    route(endpoints.readExport, ({ actor, params }) => files.read(actor, params.id)),
    route(endpoints.removeExport, ({ actor, params, caller }) => files.remove(actor, params.id, caller)),
    fileRoute(endpoints.downloadExport, ({ actor, params, caller }) => files.open(actor, params.id, caller)),
    route(endpoints.read, ({ actor, params }) => service.read(actor, params.id)),
    route(endpoints.verify, ({ actor, body, caller }) => service.verify(actor, body, caller)),
    route(endpoints.listPlatform, ({ query }) => service.listPlatform(query)),
    route(endpoints.readPlatform, ({ params }) => service.readPlatform(params.id)),
    route(endpoints.verifyPlatform, ({ actor, body, caller }) => service.verifyPlatform(actor, body, caller)),
  ];
}
