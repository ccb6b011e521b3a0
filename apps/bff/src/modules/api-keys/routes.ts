import { apiKeyEndpoints as endpoints } from '@lyss/api-types';
import { route, type Route } from '../../http/route.ts';
import type { ApiKeyService } from './service.ts';

export function apiKeyRoutes(service: ApiKeyService): Route[] {
  return [
    route(endpoints.list, ({ actor, query }) => service.list(actor, query)),
    route(endpoints.read, ({ actor, params }) => service.read(actor, params.id)),
    route(endpoints.create, ({ actor, body, caller }) => service.create(actor, body, caller)),
    route(endpoints.update, ({ actor, params, if_match, body, caller }) => service.update(actor, params.id, if_match, body, caller)),
    route(endpoints.rotate, ({ actor, params, if_match, body, caller }) => service.rotate(actor, params.id, if_match, body.overlap_hours, caller)),
    route(endpoints.remove, ({ actor, params, if_match, caller }) => service.remove(actor, params.id, if_match, caller)),
    route(endpoints.listAll, ({ actor, query }) => service.listAll(actor, query)),
    route(endpoints.readAny, ({ actor, params }) => service.readAny(actor, params.id)),
    route(endpoints.revoke, ({ actor, params, if_match, query, caller }) => service.revoke(actor, params.id, if_match, query.reason, caller)),
  ];
}
