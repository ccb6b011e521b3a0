import { email as emailShape, label, type Invitee, type InvitedLine } from '@lyss/api-types';

const NAME_CHARACTERS = 80;
const nameShape = label(NAME_CHARACTERS);

/** What each line is by itself and among the others: its address and name as they would be saved, and whether they can be. */
export function judgeLines(people: readonly Invitee[]): InvitedLine[] {
  const seen = new Set<string>();
  return people.map((person) => {
    const address = emailShape.safeParse(person.email);
    if (!address.success) return describeLine(person.email.trim(), person.name.trim(), 'email_invalid');
    const email = address.data;
    const name = nameShape.safeParse(person.name.trim() === '' ? nameAfter(email) : person.name);
    if (!name.success) return describeLine(email, person.name.trim(), 'name_invalid');
    if (seen.has(keyOf(email))) return describeLine(email, name.data, 'repeated');
    seen.add(keyOf(email));
    return describeLine(email, name.data, 'ready');
  });
}

/** An address is the same whatever its case. */
export const keyOf = (email: string): string => email.toLowerCase();

// They choose their own name when they accept.
const nameAfter = (email: string): string => email.slice(0, email.indexOf('@')).slice(0, NAME_CHARACTERS);

const describeLine = (email: string, name: string, outcome: InvitedLine['outcome']): InvitedLine => ({ email, name, outcome, user_id: null, invitation: null });
