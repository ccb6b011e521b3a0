import type { DataOf } from '@lyss/api-types';
import { errorTable } from '@lyss/api-types/error';
import { ApiFailure, call } from '../../api/client.ts';
import { enterSession } from '../../session/start-session.ts';

export interface Workspace {
  workspace: string;
  name: string;
}
export interface SignInInput {
  email: string;
  password: string;
  workspace?: string;
}

/** Signs in; the session store then shows the console. Throws ApiFailure. */
export async function signIn(input: SignInInput): Promise<void> {
  enterSession(await call('auth.login', { body: input }));
}

/** Whether this platform still waits for its set-up link to be opened; a failure counts as no. */
export async function findSetUpNeeded(): Promise<boolean> {
  const none: DataOf<'setup.read'> = { needed: false };
  return (await call('setup.read').catch(() => none)).needed;
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
