import { authEndpoints as endpoints, type TokenInput } from '@lyss/api-types';
import type { Caller } from '../../actor.ts';
import { AppError } from '../../errors.ts';
import { route, sessionRoute, SessionEnded, WithSession, type Route } from '../../http/route.ts';
import type { AuthService } from './service.ts';
import type { SignedInPerson } from './sign-in.ts';

export function authRoutes(service: AuthService): Route[] {
  const welcome = welcomeWith(service);
  return [
    route(endpoints.login, async ({ body, caller }) => welcome(await service.signIn(body, caller))),
    sessionRoute(endpoints.token, async ({ body, caller }) => {
      const { access_token, refresh_token, expires_in } = (await grant(service, body, caller)).tokens;
      return { access_token, token_type: 'Bearer' as const, expires_in, refresh_token };
    }),
    sessionRoute(endpoints.refresh, async ({ refresh_cookie, caller }) => {
      // A visitor without a cookie is no error: the console asks this at every first load.
      if (!refresh_cookie) return { authenticated: false, user: null, expires_in: null };
      const person = await service.refresh(refresh_cookie, 'cookie', caller).catch(endCookies);
      return new WithSession({ authenticated: true, user: await service.readMe(person), expires_in: person.tokens.expires_in }, person.tokens);
    }),
    sessionRoute(endpoints.logout, async ({ access_token, refresh_cookie, caller }) => {
      await service.signOut({ access_token, refresh_token: refresh_cookie }, caller);
      return new WithSession(undefined, null);
    }),
    route(endpoints.me, ({ actor }) => service.readMe(actor)),
    route(endpoints.updateMe, ({ actor, if_match, body, caller }) => service.updateMe(actor, if_match, body, caller)),
    route(endpoints.readInvitation, ({ params }) => service.readInvitation(params.token)),
    route(endpoints.acceptInvitation, async ({ params, body, caller }) => welcome(await service.acceptInvitation(params.token, body, caller))),
  ];
}

/** The answer and the cookies of somebody who has just signed in. */
export const welcomeWith = (service: Pick<AuthService, 'readMe'>) => async (person: SignedInPerson) =>
  new WithSession({ user: await service.readMe(person), expires_in: person.tokens.expires_in }, person.tokens);

/** What each of OAuth's grants comes to. */
function grant(service: AuthService, body: TokenInput, caller: Caller): Promise<SignedInPerson> {
  if (body.grant_type === 'refresh_token') return service.refresh(body.refresh_token, 'bearer', caller);
  if (body.grant_type === 'password') return service.signInProgram({ email: body.username, password: body.password, workspace: body.workspace }, body.otp, caller);
  const { challenge, otp, recovery_code = '' } = body;
  const offered = otp === undefined ? { method: 'recovery_code' as const, code: recovery_code } : { method: 'totp' as const, code: otp };
  return service.completeSecondStep({ challenge, ...offered }, 'bearer', caller);
}

/** A dead refresh token also takes its cookies with it, or the browser would send it for days. */
function endCookies(error: unknown): never {
  throw error instanceof AppError && error.error_name === 'TOKEN_INVALID' ? new SessionEnded(error) : error;
}
