import type { CreateSsoInput, DomainsQuery, SsoReturned, UpdateSsoInput } from '@lyss/api-types';
import type { Actor, Caller } from '../../actor.ts';
import { AppError } from '../../errors.ts';
import { createConnection } from './connection/create-connection.ts';
import { findDescribed } from './connection/read-connection.ts';
import { removeConnection } from './connection/remove-connection.ts';
import { updateConnection } from './connection/update-connection.ts';
import { allowPasswords, decideTenantDomain } from './domains/decide-domain.ts';
import { findDomainAnywhere, listDomains } from './domains/repository.ts';
import { writeRedirectUri, type SsoCall, type SsoPorts } from './ports.ts';
import { finishSignIn } from './sign-in/finish-sign-in.ts';
import { finishTest } from './sign-in/finish-test.ts';
import { findDomain, getWorkspace } from './sign-in/repository.ts';
import { startSignIn, startTest } from './sign-in/start-attempt.ts';
import { unlinkPerson } from './unlink-person.ts';

export type SsoService = ReturnType<typeof createSsoService>;

/** A tenant's identity provider: the connection to it, sign-ins through it, and the domains whose people it signs in. */
export function createSsoService(ports: SsoPorts) {
  const { tenancy } = ports;
  return {
    read: (actor: Actor) =>
      tenancy.withTenant(actor.tenant_id, async (db) => ({
        connection: await findDescribed(db, actor),
        redirect_uri: writeRedirectUri(ports.public_url, (await getWorkspace(db)).workspace),
      })),
    create: (call: SsoCall, input: CreateSsoInput) => createConnection(ports, call, input),
    update: (call: SsoCall, input: UpdateSsoInput) => updateConnection(ports, call, input),
    remove: (actor: Actor, caller: Caller) => removeConnection(ports, { actor, caller }),
    async discover(domain: string) {
      const found = await findDomain(tenancy, domain);
      return { organisation: found?.organisation ?? null, sso_only: found?.sso_only ?? false };
    },
    start: (input: { domain: string; email?: string | undefined }, browser: string | null, caller: Caller) => startSignIn(ports, input, browser, caller),
    finish: (returned: SsoReturned, browser: string | null, caller: Caller) => finishSignIn(ports, returned, browser, caller),
    startTest: (actor: Actor, browser: string | null, caller: Caller) => startTest(ports, actor, browser, caller),
    finishTest: (actor: Actor, returned: SsoReturned, browser: string | null, caller: Caller) => finishTest(ports, actor, returned, browser, caller),
    unlink: (actor: Actor, id: string, caller: Caller) => unlinkPerson(ports, actor, id, caller),
    listDomains: (query: DomainsQuery) => tenancy.withPlatform((db) => listDomains(db, query)),
    async readDomain(id: string) {
      const found = await findDomainAnywhere(tenancy, id);
      if (!found) throw new AppError('RESOURCE_NOT_FOUND');
      return found;
    },
    decideDomain: (actor: Actor, id: string, state: 'approved' | 'refused', caller: Caller) => decideTenantDomain(tenancy, actor, id, state, caller),
    allowPasswords: (actor: Actor, tenant_id: string, caller: Caller) => allowPasswords(tenancy, actor, tenant_id, caller),
  };
}
