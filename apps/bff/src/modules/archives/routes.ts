import { archiveEndpoints as endpoints } from '@lyss/api-types';
import { fileRoute, route, type Route } from '../../http/route.ts';
import type { createArchives } from './archives.ts';

export function archiveRoutes(archives: ReturnType<typeof createArchives>): Route[] {
  return [
    route(endpoints.start, ({ actor, caller }) => archives.start(actor, caller)),
    route(endpoints.list, ({ actor, query }) => archives.list(actor, query)),
    route(endpoints.read, ({ actor, params }) => archives.read(actor, params.id)),
    route(endpoints.remove, ({ actor, params, caller }) => archives.remove(actor, params.id, caller)),
    fileRoute(endpoints.download, ({ actor, params, caller }) => archives.open(actor, params.id, caller)),
  ];
}
