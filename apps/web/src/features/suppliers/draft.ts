import type { BodyOf, CatalogueSupplier, SupplierCredential } from '@lyss/api-types';
import { findUrl, isKey, judgeKey, judgeUrl } from '../../app/connection/judge-connection.ts';

export interface Draft {
  name: string;
  base_url: string;
  api_key: string;
  models: string[];
  enabled: boolean;
}
export const draftFields = ['name', 'base_url', 'api_key', 'models'] as const;
export type DraftField = (typeof draftFields)[number];
export type DraftIssue = 'name_required' | 'name_long' | 'url_invalid' | 'url_required' | 'key_required' | 'key_again' | 'key_invalid' | 'models_required' | 'name_taken' | 'key_not_needed' | 'url_fixed';
export type Judgement = Partial<Record<DraftField, DraftIssue>>;

const NAME_LENGTH = 80;

export function startDraft(kind: CatalogueSupplier, name: string): Draft {
  return { name, base_url: kind.default_base_url ?? '', api_key: '', models: [], enabled: true };
}

export function draftOf(saved: SupplierCredential): Draft {
  return { name: saved.name, base_url: saved.base_url, api_key: '', models: saved.models, enabled: saved.enabled };
}

/** The hosts before and after, where an edit moves the address to another origin: the stored key opens for the old one only. */
export function findHostChange(draft: Draft, saved: SupplierCredential | null): { from: string; to: string } | null {
  const before = saved && findUrl(saved.base_url);
  const after = findUrl(draft.base_url);
  if (!before || !after || before.origin === after.origin) return null;
  const sameHost = before.host === after.host;
  return sameHost ? { from: before.origin, to: after.origin } : { from: before.host, to: after.host };
}

function judgeSavedKey(draft: Draft, kind: CatalogueSupplier, saved: SupplierCredential | null): DraftIssue | undefined {
  if (saved === null) return judgeKey(draft.api_key, kind);
  if (draft.api_key !== '') return isKey(draft.api_key) ? undefined : 'key_invalid';
  return saved.key_hint !== null && findHostChange(draft, saved) ? 'key_again' : undefined;
}

/** What keeps a draft from being sent, by field; the server has the last word. */
export function judgeDraft(draft: Draft, kind: CatalogueSupplier, saved: SupplierCredential | null): Judgement {
  const name = draft.name.trim();
  const found: Partial<Record<DraftField, DraftIssue | undefined>> = {
    name: name === '' ? 'name_required' : [...name].length > NAME_LENGTH ? 'name_long' : undefined,
    base_url: judgeUrl(draft.base_url, kind),
    api_key: judgeSavedKey(draft, kind, saved),
    // Sending none would leave the old ones in place, which is not what an emptied field says.
    models: saved && saved.models.length > 0 && draft.models.length === 0 ? 'models_required' : undefined,
  };
  return Object.fromEntries(Object.entries(found).filter(([, issue]) => issue !== undefined));
}

function keyOf(draft: Draft): { api_key?: string } {
  return draft.api_key === '' ? {} : { api_key: draft.api_key };
}

function addressOf(draft: Draft, kind: CatalogueSupplier): { base_url?: string } {
  return kind.base_url_editable ? { base_url: draft.base_url.trim() } : {};
}

export function toTestBody(draft: Draft, kind: CatalogueSupplier): BodyOf<'suppliers.test'> {
  const [model] = draft.models;
  return { provider: kind.provider, ...addressOf(draft, kind), ...keyOf(draft), ...(model === undefined ? {} : { model }) };
}

export function toCreateBody(draft: Draft, kind: CatalogueSupplier): BodyOf<'suppliers.create'> {
  const models = draft.models.length > 0 ? { models: draft.models } : {};
  return { provider: kind.provider, name: draft.name.trim(), enabled: draft.enabled, ...addressOf(draft, kind), ...keyOf(draft), ...models };
}

/** Leaves out what stays as it is: an address sent again would be tried again. */
export function toReplaceBody(draft: Draft, kind: CatalogueSupplier, saved: SupplierCredential): BodyOf<'suppliers.replace'> {
  const models = draft.models.length > 0 ? { models: draft.models } : {};
  const address = draft.base_url.trim() === saved.base_url ? {} : addressOf(draft, kind);
  return { name: draft.name.trim(), enabled: draft.enabled, ...address, ...keyOf(draft), ...models };
}

/** The body that changes nothing but whether it is used; the server keeps what is left out. */
export function toEnabledBody(saved: SupplierCredential, enabled: boolean): BodyOf<'suppliers.replace'> {
  return { name: saved.name, enabled };
}
