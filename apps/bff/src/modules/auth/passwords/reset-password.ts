import type { Caller } from '../../../actor.ts';
import type { PasswordHasher } from '../../../crypto/password.ts';
import type { Tenancy } from '../../../db/tenancy.ts';
import { choosePassword } from '../choose-password.ts';
import type { Refusals } from '../refusals.ts';
import type { TellChanged } from './tell-changed.ts';

export interface ResetPorts {
  tenancy: Tenancy;
  hasher: PasswordHasher;
  refusals: Pick<Refusals, 'recordLink'>;
  tellChanged: TellChanged;
}

/** A new password by a one-time link. It signs nobody in: a letter alone is no second factor. Throws 2003, or 1001 for a weak password. */
export async function resetPassword(ports: ResetPorts, token: string, password: string, caller: Caller): Promise<void> {
  const { finished } = await choosePassword(ports, { token, purpose: 'password_reset' }, { password }, caller, async (_db, profile) => profile);
  ports.tellChanged(finished);
}
