import type { InvitedLine, InviteInput } from '@lyss/api-types';
import type { Actor, Caller } from '../../../actor.ts';
import { appendAudits } from '../../../audit/append.ts';
import type { TenantDb } from '../../../db/tenancy.ts';
import { AppError } from '../../../errors.ts';
import { checkRoles } from '../check-roles.ts';
import { issueLinks, type LinkPorts } from '../issue-link.ts';
import { insertUserRoles } from '../repository.ts';
import { judgeLines, keyOf } from './judge-lines.ts';
import { countFreeSeats, insertInvitees, listTaken, type NewInvitee } from './repository.ts';

/** What was made, and what is to be sent once it is committed. */
export interface Invited {
  lines: InvitedLine[];
  send(): void;
}

/**
 * Judges every line, and invites those that are sound, in the caller's transaction: either all that the answer says is
 * done or nothing. Throws 3006 in the mode `all` where a line is not sound, with those lines.
 */
export async function invitePeople(ports: LinkPorts, db: TenantDb, actor: Actor, input: InviteInput, caller: Caller): Promise<Invited> {
  const { roles, custom_role_ids, mode } = input;
  await checkRoles(db, actor, roles, custom_role_ids);
  const lines = await markSeatless(db, await markTaken(db, judgeLines(input.people)), mode !== 'preview');
  if (mode === 'preview') return { lines, send: () => undefined };
  if (mode === 'all') refuseUnsound(lines);
  const locale = input.locale ?? caller.locale;
  const wanted = lines.filter(({ outcome }) => outcome === 'ready').map(({ email, name }): NewInvitee => ({ email, name, roles, locale }));
  const made = await insertInvitees(db, wanted);
  await insertUserRoles(db, made.map(({ id }) => id), custom_role_ids);
  const links = await issueLinks(ports, db, made, 'invitation', actor.name);
  const entries = made.map(({ id, email, name }) => ({ action: 'users.created', resource_type: 'user', resource_id: id, details: { after: { email, name, roles, custom_roles: custom_role_ids } } }));
  await appendAudits(db, { actor, caller }, entries);
  const given = new Map(made.map((person, index) => [keyOf(person.email), { user_id: person.id, invitation: links[index]?.invitation ?? null }]));
  const told = lines.map((line) => (line.outcome === 'ready' ? tell(line, given.get(keyOf(line.email))) : line));
  if (mode === 'all') refuseUnsound(told);
  return { lines: told, send: () => links.forEach((link) => link.send()) };
}

type Given = Pick<InvitedLine, 'user_id' | 'invitation'>;
/** Nothing was given where somebody else took the address between our two looks. */
const tell = (line: InvitedLine, given: Given | undefined): InvitedLine => (given ? { ...line, ...given, outcome: 'invited' } : { ...line, outcome: 'already_here' });

async function markTaken(db: TenantDb, lines: InvitedLine[]): Promise<InvitedLine[]> {
  const taken = await listTaken(db, lines.filter(({ outcome }) => outcome === 'ready').map(({ email }) => keyOf(email)));
  return lines.map((line) => (line.outcome === 'ready' && taken.has(keyOf(line.email)) ? { ...line, outcome: 'already_here' } : line));
}

/** Those that fit have seats, in their order. */
async function markSeatless(db: TenantDb, lines: InvitedLine[], take: boolean): Promise<InvitedLine[]> {
  const free = await countFreeSeats(db, take);
  if (free === null) return lines;
  let taken = 0;
  return lines.map((line) => (line.outcome === 'ready' && ++taken > free ? { ...line, outcome: 'no_seat' } : line));
}

function refuseUnsound(lines: readonly InvitedLine[]): void {
  const unsound = lines.map(({ email, outcome }, index) => ({ index, email, outcome })).filter(({ outcome }) => outcome !== 'ready' && outcome !== 'invited');
  if (unsound.length > 0) throw new AppError('OPERATION_NOT_ALLOWED', { details: { reason: 'lines_not_sound', lines: unsound } });
}
