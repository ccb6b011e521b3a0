import { listPermissions, type InvitationOutcome, type ResentInvitation, type RevokedInvitation } from '@lyss/api-types';
import type { Actor, Caller } from '../../../actor.ts';
import { appendAudits } from '../../../audit/append.ts';
import type { TenantDb } from '../../../db/tenancy.ts';
import { issueLinks, type LinkPorts } from '../issue-link.ts';
import { expireLinks } from '../repository.ts';
import { disableInvited, listStatuses, lockInvited, removeNeverHere } from './repository.ts';

type InvitedPerson = Awaited<ReturnType<typeof lockInvited>>[number];

/** Of these people those whom the actor may invite again or no longer, and for each one what would become of it. */
async function judgePeople(db: TenantDb, actor: Actor, ids: readonly string[]): Promise<{ people: InvitedPerson[]; outcomes: Map<string, InvitationOutcome> }> {
  const invited = await lockInvited(db, ids);
  const there = new Set((await listStatuses(db, ids)).map(({ id }) => id));
  const isWithin = ({ roles, granted }: InvitedPerson) => listPermissions(roles, granted).every((permission) => actor.permissions.has(permission));
  const people = invited.filter(isWithin);
  const outcomes = new Map<string, InvitationOutcome>(ids.map((id) => [id, there.has(id) ? 'not_invited' : 'not_found']));
  for (const { id } of invited) outcomes.set(id, 'beyond');
  for (const { id } of people) outcomes.set(id, 'done');
  return { people, outcomes };
}

/** A new link for each person who has not accepted yet, in the caller's transaction; their older ones end. */
export async function resendInvitations(ports: LinkPorts, db: TenantDb, actor: Actor, user_ids: readonly string[], caller: Caller): Promise<{ people: ResentInvitation[]; send(): void }> {
  const { people, outcomes } = await judgePeople(db, actor, user_ids);
  const links = await issueLinks(ports, db, people, 'invitation', actor.name);
  await appendAudits(db, { actor, caller }, people.map(({ id }) => ({ action: 'users.invitation_resent', resource_type: 'user', resource_id: id })));
  const known = new Map(people.map(({ id, name, email }, index) => [id, { name, email, invitation: links[index]?.invitation ?? null }]));
  const answer = [...outcomes].map(([user_id, outcome]) => ({ user_id, outcome, ...(known.get(user_id) ?? { name: null, email: null, invitation: null }) }));
  return { people: answer, send: () => links.forEach((link) => link.send()) };
}

/** Takes invitations back: the links end; whoever was never here is removed, and who was, once, is disabled. */
export async function revokeInvitations(db: TenantDb, actor: Actor, user_ids: readonly string[], caller: Caller): Promise<RevokedInvitation[]> {
  const { people, outcomes } = await judgePeople(db, actor, user_ids);
  const ids = people.map(({ id }) => id);
  await expireLinks(db, ids);
  const removed = await removeNeverHere(db, ids);
  await disableInvited(db, ids.filter((id) => !removed.has(id)));
  const entries = people.map(({ id, email, name, roles, custom_roles }) => {
    const before = { email, name, roles, custom_roles: custom_roles.map((role) => role.id), status: 'invited' };
    return { action: 'users.invitation_revoked', resource_type: 'user', resource_id: id, details: { before, removed: removed.has(id) } };
  });
  await appendAudits(db, { actor, caller }, entries);
  return [...outcomes].map(([user_id, outcome]) => ({ user_id, outcome }));
}
