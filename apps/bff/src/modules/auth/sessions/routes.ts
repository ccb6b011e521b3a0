import { sessionEndpoints as endpoints } from '@lyss/api-types';
import { route, WithSession, type Route } from '../../../http/route.ts';
import type { SessionService } from './service.ts';

export function sessionRoutes(service: SessionService): Route[] {
  return [
    route(endpoints.list, ({ actor, query }) => service.list(actor, query)),
    route(endpoints.remove, async ({ actor, params, caller }) => {
      await service.remove(actor, params.id, caller);
      // Whoever ends this very session has no more use for its cookies.
      return params.id === actor.session_id ? new WithSession(undefined, null) : undefined;
    }),
    route(endpoints.removeOthers, ({ actor, caller }) => service.removeOthers(actor, caller)),
  ];
}
