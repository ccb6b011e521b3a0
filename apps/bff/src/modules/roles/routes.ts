import { roleEndpoints as endpoints } from '@lyss/api-types';
import { route, type Route } from '../../http/route.ts';
import type { RoleService } from './service.ts';

export function roleRoutes(service: RoleService): Route[] {
  return [
    route(endpoints.list, ({ actor }) => service.list(actor)),
    route(endpoints.create, ({ actor, body, caller }) => service.create(actor, body, caller)),
    route(endpoints.update, ({ actor, params, if_match, body, caller }) => service.update(actor, params.id, if_match, body, caller)),
    route(endpoints.remove, ({ actor, params, caller }) => service.remove(actor, params.id, caller)),
    route(endpoints.listEffective, ({ actor, params }) => service.listEffective(actor, params.id)),
  ];
}
