import { budgetEndpoints as endpoints } from '@lyss/api-types';
import { route, type Route } from '../../http/route.ts';
import type { BudgetService } from './service.ts';

export function budgetRoutes(service: BudgetService): Route[] {
  return [
    route(endpoints.list, ({ actor, query }) => service.list(actor, query)),
    route(endpoints.read, ({ actor, params }) => service.read(actor, params.id)),
    route(endpoints.create, ({ actor, body, caller }) => service.create(actor, body, caller)),
    route(endpoints.update, ({ actor, params, if_match, body, caller }) => service.update(actor, params.id, if_match, body, caller)),
    route(endpoints.remove, ({ actor, params, if_match, caller }) => service.remove(actor, params.id, if_match, caller)),
    route(endpoints.raise, ({ actor, params, if_match, body, caller }) => service.raise(actor, params.id, if_match, body, caller)),
    route(endpoints.endRaise, ({ actor, params, if_match, caller }) => service.endRaise(actor, params.id, if_match, caller)),
    route(endpoints.listPots, ({ actor, params, query }) => service.listPots(actor, params.id, query)),
    route(endpoints.simulate, ({ actor, body }) => service.simulate(actor, body)),
    route(endpoints.listAlerts, ({ actor, query }) => service.listAlerts(actor, query)),
    route(endpoints.listMine, ({ actor }) => service.listMine(actor)),
  ];
}
