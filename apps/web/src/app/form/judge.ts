const NAME_LENGTH = 80;
const EMAIL_LENGTH = 254;
// Looser than the server on purpose: it only catches slips, and never refuses what the server would take.
const emailShape = /^[^\s@]+@[^\s@]+\.[^\s@.]+$/;
const workspaceShape = /^[a-z0-9](?:[a-z0-9-]{1,30}[a-z0-9])$/;

/** Whether a text may be an e-mail address, spaces around it aside. */
export function isEmail(text: string): boolean {
  const email = text.trim();
  return email.length <= EMAIL_LENGTH && emailShape.test(email);
}

/** What is wrong with the name of a person, a tenant or a thing; its length counts in characters. */
export function judgeName(name: string): 'name_required' | 'name_long' | undefined {
  const characters = [...name.trim()].length;
  if (characters === 0) return 'name_required';
  return characters > NAME_LENGTH ? 'name_long' : undefined;
}

export function judgeEmail(email: string): 'email_required' | 'email_invalid' | undefined {
  if (email.trim() === '') return 'email_required';
  return isEmail(email) ? undefined : 'email_invalid';
}

export function isWorkspace(text: string): boolean {
  return workspaceShape.test(text);
}
