import { setupEndpoints, tenantEndpoints as endpoints, type Me } from '@lyss/api-types';
import { imageRoute, route, WithSession, type Route } from '../../http/route.ts';
import type { TenantService } from './service.ts';

/** `readMe` is the auth module's, for the person whom the set-up signs in; `mail`: whether letters go out; `passkeys`: whether the address takes them. */
export function tenantRoutes(service: TenantService, { readMe, ...offers }: { readMe(who: { tenant_id: string; user_id: string }): Promise<Me>; mail: boolean; passkeys: boolean }): Route[] {
  return [
    route(setupEndpoints.read, async () => ({ needed: await service.isSetupNeeded(), ...offers })),
    route(setupEndpoints.complete, async ({ body, caller }) => {
      const person = await service.completeSetup(body, caller);
      return new WithSession({ user: await readMe(person), expires_in: person.tokens.expires_in }, person.tokens);
    }),
    route(endpoints.list, ({ query }) => service.list(query)),
    route(endpoints.create, ({ actor, body, caller }) => service.create(actor, body, caller)),
    route(endpoints.read, ({ params }) => service.read(params.id)),
    route(endpoints.update, ({ actor, params, if_match, body, caller }) => service.update(actor, params.id, if_match, body, caller)),
    route(endpoints.remove, ({ actor, params, query, if_match, caller }) => service.remove(actor, params.id, if_match, query, caller)),
    route(endpoints.cancelRemoval, ({ actor, params, if_match, caller }) => service.cancelRemoval(actor, params.id, if_match, caller)),
    route(endpoints.readOwn, ({ actor }) => service.readOwn(actor)),
    route(endpoints.replaceLogo, ({ actor, if_match, body, caller }) => service.replaceLogo(actor, if_match, body, caller)),
    route(endpoints.removeLogo, ({ actor, if_match, caller }) => service.removeLogo(actor, if_match, caller)),
    imageRoute(endpoints.readLogo, ({ actor, params }) => service.readLogo(actor, params.id)),
    route(endpoints.updateOwn, ({ actor, if_match, body, caller }) => service.updateOwn(actor, if_match, body, caller)),
  ];
}
