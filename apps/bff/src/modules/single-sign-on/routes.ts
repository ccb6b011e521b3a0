import { ssoEndpoints as endpoints } from '@lyss/api-types';
import { route, WithAttempt, WithSession, type Route } from '../../http/route.ts';
import type { SsoService } from './service.ts';
import type { Started } from './sign-in/start-attempt.ts';

export function ssoRoutes(service: SsoService): Route[] {
  const leave = ({ url, browser, seconds }: Started) => new WithAttempt({ url }, { secret: browser, seconds });
  return [
    route(endpoints.read, ({ actor }) => service.read(actor)),
    route(endpoints.create, ({ body, ...call }) => service.create(call, body)),
    route(endpoints.update, ({ body, ...call }) => service.update(call, body)),
    route(endpoints.remove, ({ actor, caller }) => service.remove(actor, caller)),
    route(endpoints.startTest, async ({ actor, attempt_cookie, caller }) => leave(await service.startTest(actor, attempt_cookie, caller))),
    route(endpoints.finishTest, ({ actor, body, attempt_cookie, caller }) => service.finishTest(actor, body, attempt_cookie, caller)),
    route(endpoints.discover, ({ query }) => service.discover(query.domain)),
    route(endpoints.start, async ({ body, attempt_cookie, caller }) => leave(await service.start(body, attempt_cookie, caller))),
    route(endpoints.finish, async ({ body, attempt_cookie, caller }) => {
      const { user, tokens } = await service.finish(body, attempt_cookie, caller);
      return new WithSession({ user, expires_in: tokens.expires_in }, tokens);
    }),
    route(endpoints.unlink, ({ actor, params, caller }) => service.unlink(actor, params.id, caller)),
    route(endpoints.listDomains, ({ query }) => service.listDomains(query)),
    route(endpoints.readDomain, ({ params }) => service.readDomain(params.id)),
    route(endpoints.decideDomain, ({ actor, params, body, caller }) => service.decideDomain(actor, params.id, body.state, caller)),
    route(endpoints.allowPasswords, ({ actor, params, caller }) => service.allowPasswords(actor, params.id, caller)),
  ];
}
