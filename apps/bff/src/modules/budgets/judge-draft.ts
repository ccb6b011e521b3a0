import { systemRoles, type CreateBudgetInput, type SystemRole } from '@lyss/api-types';
import type { TenantDb } from '../../db/tenancy.ts';
import { AppError } from '../../errors.ts';
import { holdSubject, type Subject } from './repository.ts';

export type Issues = { path: string; code: string; message: string }[];
type Draft = Pick<CreateBudgetInput, 'scope' | 'subject' | 'per' | 'period' | 'starts_at' | 'ends_at'>;

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const nobody: Subject = { user_id: null, role_id: null, system_role: null, api_key_id: null, subject: null };
const tables = { user: 'users', role: 'roles', api_key: 'api_keys' } as const;
const columns = { user: 'user_id', role: 'role_id', api_key: 'api_key_id' } as const;
const eachOf = { user: 'person', api_key: 'api_key' } as const;

/** What a budget is about, in the columns that hold it. Throws 1001 with every bad field at once. */
export async function judgeDraft(db: TenantDb, draft: Draft): Promise<Subject> {
  const issues: Issues = [];
  const subject = await readSubject(db, draft, issues);
  judgeTimes(draft, issues);
  refuseWhere(issues);
  return subject;
}

export function refuseWhere(issues: Issues): void {
  if (issues.length > 0) throw new AppError('INVALID_INPUT', { details: { issues } });
}

export const refuse = (issues: Issues, path: string, code: string): void => void issues.push({ path, code, message: code });

async function readSubject(db: TenantDb, { scope, subject, per }: Draft, issues: Issues): Promise<Subject> {
  if (scope === 'tenant') {
    if (subject !== null) refuse(issues, 'subject', 'subject_not_taken');
    return nobody;
  }
  if (subject === null) {
    // Everybody's, or every key's, each by itself: together they are the tenant's.
    if (scope !== 'user' && scope !== 'api_key') refuse(issues, 'subject', 'required');
    else if (per !== eachOf[scope]) refuse(issues, 'per', 'per_each_needed');
    return nobody;
  }
  if (scope === 'model' || scope === 'workflow') return { ...nobody, subject };
  if (scope === 'role' && isSystemRole(subject)) return { ...nobody, system_role: subject };
  const id = subject.toLowerCase();
  if (!UUID.test(id) || !(await holdSubject(db, tables[scope], id))) refuse(issues, 'subject', 'subject_unknown');
  return { ...nobody, [columns[scope]]: id };
}

const isSystemRole = (text: string): text is SystemRole => (systemRoles as readonly string[]).includes(text);

function judgeTimes({ period, starts_at, ends_at }: Draft, issues: Issues): void {
  if (period !== 'once') {
    if (starts_at !== null) refuse(issues, 'starts_at', 'only_for_once');
    if (ends_at !== null) refuse(issues, 'ends_at', 'only_for_once');
    return;
  }
  judgeEnd(ends_at, starts_at, issues);
}

/** Of a budget for once: in the future, and after its start. */
export function judgeEnd(ends_at: string | null, starts_at: string | null, issues: Issues): void {
  if (ends_at === null) return;
  if (Date.parse(ends_at) <= Date.now()) refuse(issues, 'ends_at', 'expires_in_past');
  else if (starts_at !== null && Date.parse(ends_at) <= Date.parse(starts_at)) refuse(issues, 'ends_at', 'ends_before_start');
}
