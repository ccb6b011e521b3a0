import { listPermissions, systemRoles, type Permission, type SystemRole } from '@lyss/api-types';
import type { TenantDb } from '../../../db/tenancy.ts';
import { listRolesById, listRules, type ConnectionRow } from '../connection/repository.ts';
import { listVouched } from '../connection/vouch.ts';
import type { Claims } from '../provider/provider.ts';
import { mapRoles } from './map-roles.ts';
import { domainOf, readClaims, type ReadClaims } from './read-claims.ts';
import * as repository from './repository.ts';
import type { PersonRow } from './repository.ts';

export type Refusal =
  | 'sso_email_missing'
  | 'sso_email_unverified'
  | 'sso_domain_not_allowed'
  | 'sso_other_identity'
  | 'sso_unknown_user'
  | 'sso_no_seat'
  | 'sso_operator'
  | 'sso_no_role'
  | 'sso_beyond'
  | 'user_disabled';

/** Who somebody at the provider is here, and what they would be. */
export interface Decision {
  claims: ReadClaims;
  /** Null for somebody new, or nobody. */
  person: PersonRow | null;
  /** Known by the subject; else it is their first time through this connection. */
  is_known: boolean;
  system: SystemRole[];
  own: { id: string; name: string }[];
  matched: string[];
  refusal: Refusal | null;
}

/** Judges claims against the connection and the tenant's people, with every row held that the sign-in may change. Nothing is written. */
export async function decide(db: TenantDb, connection: ConnectionRow, given: Claims): Promise<Decision> {
  const claims = readClaims(given, connection.role_claim);
  const rules = (await listRules(db)).filter(({ value }) => value === null || connection.role_claim !== null);
  await repository.lockSubject(db, claims.subject);
  // Admins before the person, in the order of everybody who changes one.
  const admins = rules.some(({ role, value }) => value !== null && role === 'tenant_admin') ? await repository.lockAdmins(db) : null;
  const known = await repository.lockBySubject(db, connection.id, claims.subject);
  const linked = known ? null : claims.email && claims.is_verified ? await repository.lockByEmail(db, claims.email) : null;
  const person = known ?? linked ?? null;
  const held = person ? [...person.roles, ...person.own_roles] : [];
  // The last admin can't leave, by whatever way: then no rule is about that role.
  const isLast = person !== null && admins?.join() === person.id;
  const { roles, matched } = mapRoles(held, isLast ? rules.filter(({ role }) => role !== 'tenant_admin') : rules, claims.values);
  const own = await readOwn(db, roles);
  const system = systemRoles.filter((role) => roles.includes(role));
  const decision = { claims, person, is_known: known !== undefined, system, own: own.map(({ id, name }) => ({ id, name })), matched };
  const powers = listPermissions([...system, ...(person?.roles ?? [])], [...own.flatMap(({ permissions }) => permissions), ...(person?.granted ?? [])]);
  return { ...decision, refusal: await findRefusal(db, connection, decision, powers) };
}

async function readOwn(db: TenantDb, roles: readonly string[]) {
  const ids = roles.filter((role) => !systemRoles.some((name) => name === role));
  return ids.length > 0 ? listRolesById(db, ids) : [];
}

async function findRefusal(db: TenantDb, connection: ConnectionRow, decision: Omit<Decision, 'refusal'>, powers: Permission[]): Promise<Refusal | null> {
  const { claims, person, is_known, system, own } = decision;
  if (!is_known && claims.email === null) return 'sso_email_missing';
  if (!is_known && !claims.is_verified) return 'sso_email_unverified';
  // Of somebody known the address that they have here: what the provider says of it today is not asked again.
  const email = is_known ? person?.email : claims.email;
  if (!(await repository.isApproved(db, domainOf(email ?? '')))) return 'sso_domain_not_allowed';
  if (person && !is_known && (await repository.hasIdentity(db, connection.id, person.id))) return 'sso_other_identity';
  if (!person && !connection.creates_users) return 'sso_unknown_user';
  if (person?.status === 'disabled') return 'user_disabled';
  // Operators reach every tenant: no tenant's provider opens that.
  if (person?.roles.includes('super_admin')) return 'sso_operator';
  if (system.length + own.length === 0) return 'sso_no_role';
  const vouched = listVouched(connection);
  if (!powers.every((permission) => vouched.includes(permission))) return 'sso_beyond';
  return person || (await repository.hasFreeSeat(db)) ? null : 'sso_no_seat';
}
