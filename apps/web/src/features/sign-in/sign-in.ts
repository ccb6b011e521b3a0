import type { DataOf } from '@lyss/api-types';
import { errorTable } from '@lyss/api-types/error';
import { ApiFailure, call } from '../../api/client.ts';
import { readReason } from '../../api/failure.ts';
import { checkCookies, enterSession } from '../../session/start-session.ts';

export interface Workspace {
  workspace: string;
  name: string;
}
/** What somebody typed so far. */
export interface Typed {
  email: string;
  password: string;
  /** Empty until it is asked for. */
  workspace: string;
}
export interface SignInInput {
  email: string;
  password: string;
  workspace?: string;
}

/** Signs in; the session store then shows the console. Throws ApiFailure. */
export async function signIn(input: SignInInput): Promise<void> {
  const answer = await call('auth.login', { body: input });
  await checkCookies();
  enterSession(answer);
}

/** Whether this platform still waits for its set-up link to be opened, and whether it sends letters; null where it can't be asked. */
export function findSetUp(): Promise<DataOf<'setup.read'> | null> {
  return call('setup.read').catch(() => null);
}

/** Whether the address may belong to a workspace that was not looked at: more of them than one sign-in tries. */
export function needsWorkspace(failure: ApiFailure): boolean {
  return readReason(failure) === 'workspace_needed';
}

/** The workspaces that one address and password open, where there are several; else none. */
export function readWorkspaces(failure: ApiFailure): Workspace[] {
  const list = failure.code === errorTable.RESOURCE_CONFLICT.code ? failure.details?.['workspaces'] : undefined;
  if (!Array.isArray(list)) return [];
  return list.filter((entry): entry is Workspace => typeof entry?.workspace === 'string' && typeof entry.name === 'string');
}

/** When to try again, where the server said how long it will refuse. */
export function readRetryTime(failure: ApiFailure, now: Date): Date | null {
  const waits: string[] = [errorTable.ACCOUNT_LOCKED.code, errorTable.RATE_LIMIT_EXCEEDED.code];
  if (!waits.includes(failure.code) || failure.retry_after_s === undefined) return null;
  return new Date(now.getTime() + failure.retry_after_s * 1000);
}
