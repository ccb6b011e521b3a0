import { secondFactorEndpoints as endpoints, secondStepEndpoints, type PasskeyAssertion, type PasskeyRequestOptions, type SecondStepInput, type SignedIn } from '@lyss/api-types';
import type { Caller } from '../../../actor.ts';
import { route, type Route, type WithSession } from '../../../http/route.ts';
import type { SignedInPerson } from '../sign-in.ts';
import type { SecondFactorService } from './service.ts';

export interface SecondStepService {
  complete(step: SecondStepInput, caller: Caller): Promise<SignedInPerson>;
  beginPasskey(): Promise<PasskeyRequestOptions>;
  signInWithPasskey(response: PasskeyAssertion, caller: Caller): Promise<SignedInPerson>;
  welcome(person: SignedInPerson): Promise<WithSession<SignedIn>>;
}

export function secondFactorRoutes(service: SecondFactorService): Route[] {
  return [
    route(endpoints.read, ({ actor }) => service.read(actor)),
    route(endpoints.proofOptions, ({ actor }) => service.beginProof(actor)),
    route(endpoints.prove, ({ actor, body, caller }) => service.prove(actor, body, caller)),
    route(endpoints.startTotp, ({ actor, caller }) => service.startTotp(actor, caller)),
    route(endpoints.confirmTotp, ({ actor, body, caller }) => service.confirmTotp(actor, body.code, caller)),
    route(endpoints.removeTotp, ({ actor, caller }) => service.removeTotp(actor, caller)),
    route(endpoints.replaceRecoveryCodes, ({ actor, caller }) => service.replaceRecoveryCodes(actor, caller)),
    route(endpoints.passkeyOptions, ({ actor }) => service.beginPasskey(actor)),
    route(endpoints.createPasskey, ({ actor, body, caller }) => service.createPasskey(actor, body, caller)),
    route(endpoints.renamePasskey, ({ actor, params, if_match, body, caller }) => service.renamePasskey(actor, params.id, if_match, body.name, caller)),
    route(endpoints.removePasskey, ({ actor, params, caller }) => service.removePasskey(actor, params.id, caller)),
  ];
}

export function secondStepRoutes(service: SecondStepService): Route[] {
  return [
    route(secondStepEndpoints.complete, async ({ body, caller }) => service.welcome(await service.complete(body, caller))),
    route(secondStepEndpoints.passkeyOptions, () => service.beginPasskey()),
    route(secondStepEndpoints.passkey, async ({ body, caller }) => service.welcome(await service.signInWithPasskey(body.response, caller))),
  ];
}
