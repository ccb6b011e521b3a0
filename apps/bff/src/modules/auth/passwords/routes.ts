import { passwordEndpoints as endpoints, type AskResetInput, type ChangePasswordInput, type Invitation, type Me } from '@lyss/api-types';
import type { Actor, Caller } from '../../../actor.ts';
import { route, WithSession, type Route } from '../../../http/route.ts';
import type { SessionTokens } from '../../../http/session-cookie.ts';

export interface PasswordService {
  change(actor: Actor, input: ChangePasswordInput, refresh_cookie: string | null, caller: Caller): Promise<SessionTokens | null>;
  ask(input: AskResetInput, caller: Caller): Promise<void>;
  readReset(token: string): Promise<Invitation>;
  reset(token: string, password: string, caller: Caller): Promise<void>;
  readMe(actor: Actor): Promise<Me>;
}

export function passwordRoutes(service: PasswordService): Route[] {
  return [
    route(endpoints.change, async ({ actor, body, refresh_cookie, caller }) => {
      const tokens = await service.change(actor, body, refresh_cookie, caller);
      const answer = { user: await service.readMe(actor), expires_in: tokens?.expires_in ?? 0 };
      return tokens ? new WithSession(answer, tokens) : answer;
    }),
    route(endpoints.askReset, async ({ body, caller }) => {
      await service.ask(body, caller);
      return {};
    }),
    route(endpoints.readReset, ({ params }) => service.readReset(params.token)),
    route(endpoints.reset, ({ params, body, caller }) => service.reset(params.token, body.password, caller)),
  ];
}
