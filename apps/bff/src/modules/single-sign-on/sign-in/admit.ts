import type { Caller } from '../../../actor.ts';
import { appendAudit } from '../../../audit/append.ts';
import type { TenantDb } from '../../../db/tenancy.ts';
import type { SessionTokens } from '../../../http/session-cookie.ts';
import type { ConnectionRow } from '../connection/repository.ts';
import type { SsoPorts } from '../ports.ts';
import type { Decision } from './decide.ts';
import * as repository from './repository.ts';

const VIA = 'single_sign_on' as const;

/** Makes what was decided true, in its transaction: the person, their roles, who they are at the provider, and a session. */
export async function admit(ports: Pick<SsoPorts, 'startSession'>, db: TenantDb, connection: ConnectionRow, decision: Decision, caller: Caller): Promise<{ user_id: string; tokens: SessionTokens }> {
  const { claims, person, is_known, system } = decision;
  const user_id = person ? person.id : await create(db, decision, caller);
  if (person) await change(db, decision, person, caller);
  await repository.saveIdentity(db, { connection_id: connection.id, user_id, issuer: connection.issuer, subject: claims.subject });
  const epoch = await repository.getEpoch(db, user_id);
  const tokens = await ports.startSession(db, { user_id, epoch, roles: system, carrier: 'cookie', by: VIA }, caller);
  const actor = { user_id, name: person?.name ?? claims.name };
  await appendAudit(db, { actor, caller }, { action: 'auth.signed_in', resource_type: 'user', resource_id: user_id, details: { carrier: 'cookie', via: VIA, first_time: !is_known } });
  return { user_id, tokens };
}

async function create(db: TenantDb, { claims, system, own }: Decision, caller: Caller): Promise<string> {
  const { locale } = await repository.getWorkspace(db);
  const own_roles = own.map(({ id }) => id);
  const person = { email: claims.email ?? '', name: claims.name, roles: system };
  const user_id = await repository.insertPerson(db, { ...person, own_roles, locale });
  const details = { after: { ...person, custom_roles: own_roles }, via: VIA };
  await appendAudit(db, { actor: { user_id, name: person.name }, caller }, { action: 'users.created', resource_type: 'user', resource_id: user_id, details });
  return user_id;
}

async function change(db: TenantDb, { system, own }: Decision, person: repository.PersonRow, caller: Caller): Promise<void> {
  const own_roles = own.map(({ id }) => id);
  const isSame = (before: readonly string[], after: readonly string[]) => before.toSorted().join() === after.toSorted().join();
  if (person.status === 'active' && isSame(person.roles, system) && isSame(person.own_roles, own_roles)) return;
  await repository.changePerson(db, person.id, { roles: system, own_roles });
  const before = { name: person.name, roles: person.roles, custom_roles: person.own_roles, status: person.status };
  const details = { before, after: { name: person.name, roles: system, custom_roles: own_roles, status: 'active' }, via: VIA };
  await appendAudit(db, { actor: { user_id: person.id, name: person.name }, caller }, { action: 'users.updated', resource_type: 'user', resource_id: person.id, details });
}
