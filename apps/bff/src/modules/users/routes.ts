import { userEndpoints as endpoints } from '@lyss/api-types';
import { route, type Route } from '../../http/route.ts';
import type { UserService } from './service.ts';

export function userRoutes(service: UserService): Route[] {
  return [
    route(endpoints.list, ({ actor, query }) => service.list(actor, query)),
    route(endpoints.create, ({ actor, body, caller }) => service.create(actor, body, caller)),
    route(endpoints.read, ({ actor, params }) => service.read(actor, params.id)),
    route(endpoints.update, ({ actor, params, if_match, body, caller }) => service.update(actor, params.id, if_match, body, caller)),
    route(endpoints.resetPassword, ({ actor, params, caller }) => service.resetPassword(actor, params.id, caller)),
    route(endpoints.resetSecondFactors, ({ actor, params, query, caller }) => service.resetSecondFactors(actor, params.id, query.reason, caller)),
    route(endpoints.endSessions, ({ actor, params, caller }) => service.endSessions(actor, params.id, caller)),
  ];
}
