import { email as emailSchema, label, workspace as workspaceSchema, type SystemRole } from '@lyss/api-types';
import { z } from 'zod';
import { openDatabase } from '../db/database.ts';
import { createTenancy } from '../db/tenancy.ts';
import { createInviteUser } from '../modules/users/invite-user.ts';
import type { Config } from '../config.ts';
import { USAGE_EXIT } from '../exit-codes.ts';
import type { OpenedDatabase } from '../open-database.ts';
import { findWorkspace } from './repository.ts';

const NAME_LENGTH = 80;
const optionsSchema = z.object({ workspace: workspaceSchema, email: emailSchema, name: label(NAME_LENGTH), operator: z.boolean() });

/** Adds an administrator to a tenant from the server's own shell, and prints the link with which they choose a password. */
export async function createAdmin({ app_url }: OpenedDatabase, config: Config, given: unknown, say: (line: string) => void): Promise<number> {
  const options = optionsSchema.safeParse(given);
  if (!options.success) {
    say(z.prettifyError(options.error));
    return USAGE_EXIT;
  }
  const { workspace, email, name, operator } = options.data;
  const database = openDatabase({ app_url, max: 2, onError: () => undefined });
  try {
    const tenancy = createTenancy(database);
    const tenant = await findWorkspace(tenancy, workspace);
    if (!tenant) {
      say(`There is no tenant with the workspace "${workspace}".`);
      return 1;
    }
    const roles: SystemRole[] = operator ? ['super_admin', 'tenant_admin'] : ['tenant_admin'];
    const who = { actor: null, caller: { request_id: 'command-line', address: 'command-line' } };
    // Whoever sits at the server's shell passes the link on by hand.
    const invite = createInviteUser({ tenancy, public_url: config.public_url, outbox: { is_configured: false, post: () => undefined } });
    const { invitation } = await tenancy.withTenant(tenant.id, (db) => invite(db, { email, name, roles, locale: tenant.locale }, who));
    say(`${email} may choose a password until ${invitation.expires_at}:\n${invitation.url}`);
    return 0;
  } finally {
    await database.close();
  }
}
