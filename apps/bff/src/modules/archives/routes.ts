import { archiveEndpoints as endpoints, importEndpoints } from '@lyss/api-types';
import { fileRoute, route, type Route } from '../../http/route.ts';
import type { createArchives } from './archives.ts';
import type { createImports } from './imports/imports.ts';

export function archiveRoutes(archives: ReturnType<typeof createArchives>, imports: ReturnType<typeof createImports>): Route[] {
  return [
    route(endpoints.start, ({ actor, caller }) => archives.start(actor, caller)),
    route(endpoints.list, ({ actor, query }) => archives.list(actor, query)),
    route(endpoints.read, ({ actor, params }) => archives.read(actor, params.id)),
    route(endpoints.remove, ({ actor, params, caller }) => archives.remove(actor, params.id, caller)),
    fileRoute(endpoints.download, ({ actor, params, caller }) => archives.open(actor, params.id, caller)),
    route(importEndpoints.readiness, ({ actor }) => imports.readiness(actor)),
    route(importEndpoints.start, ({ actor, body, caller }) => imports.start(actor, body, caller)),
    route(importEndpoints.upload, ({ actor, params, body }) => imports.upload(actor, params.id, body)),
    route(importEndpoints.list, ({ actor, query }) => imports.list(actor, query)),
    route(importEndpoints.read, ({ actor, params }) => imports.read(actor, params.id)),
    route(importEndpoints.apply, ({ actor, params, caller }) => imports.apply(actor, params.id, caller)),
    route(importEndpoints.remove, ({ actor, params, caller }) => imports.remove(actor, params.id, caller)),
  ];
}
