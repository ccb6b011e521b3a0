import type { BodyOf, Locale } from '@lyss/api-types';
import { isWorkspace, judgeEmail, judgeName } from '../../app/form/judge.ts';
import { suggestWorkspace } from '../../app/form/suggest-workspace.ts';

export interface Draft {
  name: string;
  workspace: string;
  /** Typed by hand: the name no longer suggests it. */
  workspace_typed: boolean;
  locale: Locale;
  currency: string;
  time_zone: string;
  admin_name: string;
  admin_email: string;
}
export const draftFields = ['name', 'workspace', 'time_zone', 'admin_name', 'admin_email'] as const;
export type DraftField = (typeof draftFields)[number];
export type DraftIssue =
  | 'name_required'
  | 'name_long'
  | 'workspace_required'
  | 'workspace_invalid'
  | 'admin_name_required'
  | 'admin_email_required'
  | 'admin_email_invalid';

/** A new tenant begins with the operator's own language, currency and zone. */
export function startDraft(own: Pick<Draft, 'locale' | 'currency' | 'time_zone'>): Draft {
  return { name: '', workspace: '', workspace_typed: false, admin_name: '', admin_email: '', ...own };
}

/** The name, and the workspace with it as long as nobody typed one; emptying the workspace lets it follow again. */
export function changeDraft(old: Draft, patch: Partial<Draft>): Draft {
  const next = { ...old, ...patch };
  if (patch.workspace !== undefined) next.workspace_typed = patch.workspace !== '';
  if (patch.name !== undefined && !next.workspace_typed) next.workspace = suggestWorkspace(patch.name);
  return next;
}

/** What keeps a draft from being sent, by field; the server has the last word. */
export function judgeDraft(draft: Draft): Partial<Record<DraftField, DraftIssue>> {
  const admin = judgeName(draft.admin_name);
  const email = judgeEmail(draft.admin_email);
  const found: Partial<Record<DraftField, DraftIssue | undefined>> = {
    name: judgeName(draft.name),
    workspace: draft.workspace === '' ? 'workspace_required' : isWorkspace(draft.workspace) ? undefined : 'workspace_invalid',
    admin_name: admin === 'name_required' ? 'admin_name_required' : admin,
    admin_email: email && `admin_${email}`,
  };
  return Object.fromEntries(Object.entries(found).filter(([, issue]) => issue !== undefined));
}

export function toCreateBody(draft: Draft): BodyOf<'tenants.create'> {
  const { name, workspace, locale, currency, time_zone, admin_name, admin_email } = draft;
  return { name: name.trim(), workspace, locale, currency, time_zone, admin: { name: admin_name.trim(), email: admin_email.trim() } };
}
