/** Fields whose foreign value is answered otherwise than a random one, and why that is right. */
export const exempt: Record<string, string> = {
  'auth.readInvitation params token': 'a one-time link is itself the authority: it is for whoever holds it',
  'auth.acceptInvitation params token': 'the same',
  'passwords.readReset params token': 'the same',
  'passwords.reset params token': 'the same',
  'tenants.create body workspace': 'a workspace’s name is unique on the platform, and only its operator makes one',
};

/** Ids for which nothing of ours is answered otherwise than a random one, and why: a foreign one’s answer alone proves nothing there. */
export const unproved: Record<string, string> = {
  'audit.startExport body actor_user_id': 'a filter of a file that is made later; what is in it is looked at below',
  'audit.startExport body resource_id': 'the same',
  'audit.startExport body request_id': 'the same',
  'sso.create body client_id': 'what the provider calls us: no id of ours',
  'sso.update body client_id': 'the same',
};
