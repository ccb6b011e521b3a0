import { email as emailSchema, label, workspace as workspaceSchema, type Locale, type OneTimeLink, type SystemRole } from '@lyss/api-types';
import { z } from 'zod';
import { appendPlatformAudit } from '../audit/append.ts';
import { openDatabase } from '../db/database.ts';
import { createTenancy, type Tenancy } from '../db/tenancy.ts';
import { createInviteUser } from '../modules/users/invite-user.ts';
import type { Config } from '../config.ts';
import { USAGE_EXIT } from '../exit-codes.ts';
import type { OpenedDatabase } from '../open-database.ts';
import { commandLine } from './command-line.ts';
import { findWorkspace, getFirstTenant } from './repository.ts';

const NAME_LENGTH = 80;
const optionsSchema = z.object({ workspace: workspaceSchema, email: emailSchema, name: label(NAME_LENGTH), operator: z.boolean() });

/**
 * Adds a tenant admin, or an operator, from the server's own shell, and prints the link with which they choose a password.
 * Operators live in one tenant, the first: nobody else's admins may end their sessions, and the last of them is counted there.
 */
export async function createAdmin({ app_url }: Pick<OpenedDatabase, 'app_url'>, config: Config, given: unknown, say: (line: string) => void): Promise<number> {
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
    const first = await getFirstTenant(tenancy);
    if (operator && tenant.id !== first.id) {
      say(`Operators live in the platform's first tenant: say --workspace ${first.workspace}.`);
      return 1;
    }
    const roles: SystemRole[] = operator ? ['super_admin', 'tenant_admin'] : ['tenant_admin'];
    const invitation = await addPerson(tenancy, config.public_url, { tenant, email, name, roles });
    say(`${email} may choose a password until ${invitation.expires_at}:\n${invitation.url}`);
    return 0;
  } finally {
    await database.close();
  }
}

interface Added {
  tenant: { id: string; locale: Locale };
  email: string;
  name: string;
  roles: SystemRole[];
}

/** In the tenant's trail and in the platform's: whoever sits at the server's shell acts for the platform. */
async function addPerson(tenancy: Tenancy, public_url: URL, { tenant, email, name, roles }: Added): Promise<OneTimeLink> {
  // Whoever sits there passes the link on by hand.
  const invite = createInviteUser({ tenancy, public_url, outbox: { is_configured: false, post: () => undefined } });
  return tenancy.withPlatformAndTenant(tenant.id, async (platform, db) => {
    const { user, invitation } = await invite(db, { email, name, roles, locale: tenant.locale }, commandLine);
    const details = { tenant_id: tenant.id, after: { email, name, roles } };
    await appendPlatformAudit(platform, commandLine, { action: 'users.created', resource_type: 'user', resource_id: user.id, details });
    return invitation;
  });
}
