import type { Actor, Caller } from '../../../actor.ts';
import { randomToken } from '../../../crypto/digest.ts';
import { AppError } from '../../../errors.ts';
import { networkOf } from '../../../http/request-facts.ts';
import { findConnection, type ConnectionRow } from '../connection/repository.ts';
import { writeRedirectUri, type SsoPorts } from '../ports.ts';
import { ATTEMPT_SECONDS, deriveSecrets, hashAttempt, newBrowserSecret } from './attempt-secrets.ts';
import * as repository from './repository.ts';

export interface Started {
  url: string;
  /** What the browser keeps, and for how many seconds. */
  browser: string;
  seconds: number;
}

type StartPorts = Pick<SsoPorts, 'tenancy' | 'provider' | 'public_url' | 'starts' | 'trials'>;

/** Begins a sign-in for people of a domain. Throws 3007 for a domain that is nobody's, 1005, and 4004 or 4005 for the provider. */
export async function startSignIn(ports: StartPorts, input: { domain: string; email?: string | undefined }, held: string | null, caller: Caller): Promise<Started> {
  await ports.starts.take(networkOf(caller.address));
  const place = await repository.findDomain(ports.tenancy, input.domain);
  if (!place) throw new AppError('RESOURCE_NOT_FOUND', { details: { reason: 'sso_not_here' } });
  return begin(ports, place.tenant_id, { user_id: null, login_hint: input.email }, held, caller);
}

/** Begins a sign-in that signs nobody in, for an admin who is signed in. Throws 3007 where nothing is connected, 1005, 4004 or 4005. */
export async function startTest(ports: StartPorts, actor: Actor, held: string | null, caller: Caller): Promise<Started> {
  await ports.trials.take(actor.tenant_id);
  return begin(ports, actor.tenant_id, { user_id: actor.user_id }, held, caller);
}

async function begin(ports: StartPorts, tenant_id: string, who: { user_id: string | null; login_hint?: string | undefined }, held: string | null, caller: Caller): Promise<Started> {
  const { connection, workspace } = await ports.tenancy.withTenant(tenant_id, async (db) => ({
    connection: await findConnection(db),
    workspace: (await repository.getWorkspace(db)).workspace,
  }));
  if (!connection) throw new AppError('RESOURCE_NOT_FOUND');
  const [browser, state] = [newBrowserSecret(held), randomToken()];
  const redirect_uri = writeRedirectUri(ports.public_url, workspace);
  const url = await ports.provider.buildUrl({ tenant_id, ...connection }, deriveSecrets(browser, state), redirect_uri, caller.request_id, who.login_hint);
  await ports.tenancy.withTenant(tenant_id, (db) => repository.insertAttempt(db, newAttempt(connection, who.user_id, browser, state)));
  return { url, browser, seconds: ATTEMPT_SECONDS };
}

function newAttempt(connection: ConnectionRow, user_id: string | null, browser: string, state: string): repository.NewAttempt {
  const expires_at = new Date(Date.now() + ATTEMPT_SECONDS * 1_000);
  return { connection_id: connection.id, connection_version: connection.version, user_id, expires_at, ...hashAttempt(browser, state) };
}
