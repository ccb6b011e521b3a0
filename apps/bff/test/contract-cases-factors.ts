import type { EndpointId } from '@lyss/api-types';
import { generate } from 'otplib';
import { PASSWORD } from './app.ts';
import { createAuthenticator } from './authenticator.ts';
import type { Sent } from './contract-cases.ts';
import type { ContractScene } from './contract-scene.ts';
import { addPerson } from './proof/people.ts';
import { enrolPasskey, enrolTotp } from './second-factors.ts';

type FactorId = Extract<EndpointId, `secondFactors.${string}` | `secondStep.${string}` | 'users.resetSecondFactors'>;

/** The happy paths of second factors. */
export const factorCases: Record<FactorId, (scene: ContractScene) => Sent | Promise<Sent>> = {
  'secondFactors.read': (scene) => ({ as: scene.app.owner }),
  'secondFactors.proofOptions': async (scene) => {
    const as = await scene.app.signInAs('end_user');
    await enrolPasskey(scene.app.call, { as });
    return { as };
  },
  'secondFactors.prove': async (scene) => ({ as: await scene.app.signInAs('end_user'), body: { method: 'password', password: PASSWORD } }),
  'secondFactors.startTotp': async (scene) => ({ as: await scene.app.signInAs('end_user') }),
  'secondFactors.confirmTotp': async (scene) => {
    const as = await scene.app.signInAs('end_user');
    const { secret } = (await scene.app.call('POST', '/api/v1/auth/second-factors/totp', { as })).body.data;
    return { as, body: { code: await generate({ secret }) } };
  },
  'secondFactors.removeTotp': async (scene) => {
    const as = await scene.app.signInAs('end_user');
    await enrolTotp(scene.app.call, { as });
    return { as };
  },
  'secondFactors.replaceRecoveryCodes': async (scene) => {
    const as = await scene.app.signInAs('end_user');
    await enrolTotp(scene.app.call, { as });
    return { as };
  },
  'secondFactors.passkeyOptions': async (scene) => ({ as: await scene.app.signInAs('end_user') }),
  'secondFactors.createPasskey': async (scene) => {
    const as = await scene.app.signInAs('end_user');
    const options = (await scene.app.call('POST', '/api/v1/auth/second-factors/passkeys/options', { as })).body.data;
    return { as, body: { name: 'Laptop', response: createAuthenticator().create(options) } };
  },
  'secondFactors.renamePasskey': (scene) => ({ as: scene.app.owner, params: { id: scene.ours.passkey_id }, body: { name: 'Phone' } }),
  'secondFactors.removePasskey': async (scene) => {
    const as = await scene.app.signInAs('end_user');
    return { as, params: { id: (await enrolPasskey(scene.app.call, { as })).passkey_id } };
  },
  'secondStep.complete': async (scene) => {
    const as = await scene.app.signInAs('end_user');
    const { app } = await enrolTotp(scene.app.call, { as });
    const { challenge } = (await scene.app.call('POST', '/api/v1/auth/login', { body: { email: as.email, password: PASSWORD, workspace: as.workspace } })).body.error.details;
    return { body: { method: 'totp', code: await app.code(1), challenge }, audited_in: as.tenant_id };
  },
  'secondStep.passkeyOptions': () => ({}),
  'secondStep.passkey': async (scene) => {
    const as = await scene.app.signInAs('end_user');
    const { authenticator } = await enrolPasskey(scene.app.call, { as });
    const options = (await scene.app.call('POST', '/api/v1/auth/passkey/options')).body.data;
    return { body: { response: authenticator.get(options) }, audited_in: as.tenant_id };
  },
  'users.resetSecondFactors': async (scene) => {
    const person = await addPerson(scene.app, scene.app.owner, { roles: ['end_user'] });
    await enrolTotp(scene.app.call, { as: person });
    return { as: scene.app.owner, params: { id: person.user_id }, query: { reason: 'Lost the phone' } };
  },
};
