import { label, workspace as workspaceSchema } from '@lyss/api-types';
import { z } from 'zod';
import { openDatabase } from '../db/database.ts';
import { createTenancy, type Tenancy } from '../db/tenancy.ts';
import { AppError } from '../errors.ts';
import { describeError } from '../error-texts.ts';
import { USAGE_EXIT } from '../exit-codes.ts';
import { askDeletion, cancelDeletion } from '../modules/tenants/erasures/delete-tenant.ts';
import { listDeletions } from '../modules/tenants/erasures/repository.ts';
import type { OpenedDatabase } from '../open-database.ts';
import { commandLine } from './command-line.ts';
import { findWorkspace } from './repository.ts';

const NAME_LENGTH = 80;
const REASON_LENGTH = 200;
const askedSchema = z.object({ workspace: workspaceSchema, name: label(NAME_LENGTH), reason: label(REASON_LENGTH) });
const cancelledSchema = z.object({ workspace: workspaceSchema });
type Say = (line: string) => void;

/** Shuts a tenant and lets it be erased in 7 days. Answers 1 where that is refused. */
export function deleteTenant(database: Pick<OpenedDatabase, 'app_url'>, given: unknown, say: Say): Promise<number> {
  return withWorkspace(database, askedSchema, given, say, async (tenancy, id, { workspace, name, reason }) => {
    await askDeletion(tenancy, commandLine, null, id, null, { name, reason });
    const due = (await tenancy.withPlatform((db) => listDeletions(db, [id]))).get(id)?.due_at;
    say(`${workspace} is shut and will be erased after ${due}. Until then: lyss tenant cancel-deletion --workspace ${workspace}`);
  });
}

/** Takes a deletion back. Answers 1 where there is none, or it has begun. */
export function cancelTenantDeletion(database: Pick<OpenedDatabase, 'app_url'>, given: unknown, say: Say): Promise<number> {
  return withWorkspace(database, cancelledSchema, given, say, async (tenancy, id, { workspace }) => {
    const { state } = await cancelDeletion(tenancy, commandLine, id, null);
    say(`${workspace} will not be deleted; it is ${state} again.`);
  });
}

async function withWorkspace<T extends { workspace: string }>({ app_url }: Pick<OpenedDatabase, 'app_url'>, schema: z.ZodType<T>, given: unknown, say: Say, work: (tenancy: Tenancy, id: string, options: T) => Promise<void>): Promise<number> {
  const options = schema.safeParse(given);
  if (!options.success) return say(z.prettifyError(options.error)), USAGE_EXIT;
  const database = openDatabase({ app_url, max: 2, onError: () => undefined });
  try {
    const tenancy = createTenancy(database);
    const tenant = await findWorkspace(tenancy, options.data.workspace);
    if (!tenant) return say(`There is no tenant with the workspace "${options.data.workspace}".`), 1;
    await work(tenancy, tenant.id, options.data);
    return 0;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { message, details } = describeError(error, 'en-US');
    const issues = (details?.['issues'] as { path: string; message: string }[] | undefined) ?? [];
    say([message, ...issues.map((issue) => `--${issue.path}: ${issue.message}`)].join('\n'));
    return 1;
  } finally {
    await database.close();
  }
}
