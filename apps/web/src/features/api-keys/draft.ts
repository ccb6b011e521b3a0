import type { ApiKey, BodyOf } from '@lyss/api-types';
import type { Permission } from '@lyss/api-types/permission';
import { judgeName } from '../../app/form/judge.ts';
import { looksLikeNetwork } from './looks-like-network.ts';

export const presets = ['d7', 'd30', 'd90', 'd365'] as const;
export type Expiry = 'keep' | (typeof presets)[number] | 'date' | 'never';

/** As it is typed; each field by the contract's name, so that the server's word finds it. */
export interface Draft {
  name: string;
  scopes: Permission[];
  models: string[] | null;
  expires_at: { kind: Expiry; date: string };
  /** One a line. */
  allowed_networks: string;
}
export const draftFields = ['name', 'scopes', 'models', 'expires_at', 'allowed_networks'] as const;
export type DraftField = (typeof draftFields)[number];
type Fault = 'name_required' | 'name_long' | 'scopes_required' | 'models_required' | 'date_required' | 'date_past' | 'date_late';
export type DraftIssue = { code: Fault } | { code: 'network_invalid'; line: number };

const DAY_MS = 86_400_000;
const MOST_YEARS = 2;

export const startDraft = (scopes: readonly Permission[]): Draft => ({ name: '', scopes: [...scopes], models: null, expires_at: { kind: 'd90', date: '' }, allowed_networks: '' });

export function draftOf(key: ApiKey): Draft {
  const { name, scopes, models, allowed_networks } = key;
  return { name, scopes, models, expires_at: { kind: 'keep', date: '' }, allowed_networks: allowed_networks.join('\n') };
}

export function readNetworks(text: string): { line: number; network: string }[] {
  return text.split('\n').map((network, at) => ({ line: at + 1, network: network.trim() })).filter(({ network }) => network !== '');
}

/** What keeps a draft from being sent, by field; the server has the last word. */
export function judgeDraft(draft: Draft, now = new Date()): Partial<Record<DraftField, DraftIssue>> {
  const found: Partial<Record<DraftField, DraftIssue>> = {};
  const name = judgeName(draft.name);
  if (name) found.name = { code: name };
  if (draft.scopes.length === 0) found.scopes = { code: 'scopes_required' };
  if (draft.models?.length === 0) found.models = { code: 'models_required' };
  const date = draft.expires_at.kind === 'date' ? judgeDate(draft.expires_at.date, now) : undefined;
  if (date) found.expires_at = { code: date };
  const bad = readNetworks(draft.allowed_networks).find(({ network }) => !looksLikeNetwork(network));
  if (bad) found.allowed_networks = { code: 'network_invalid', line: bad.line };
  return found;
}

/** The last day that a key may have: two years from today, as `<input type="date">` writes it. */
export function latestDate(now = new Date()): string {
  const last = new Date(now);
  last.setFullYear(last.getFullYear() + MOST_YEARS);
  return writeDate(last);
}

/** A day by its own clock here: toISOString would say yesterday's in the morning of the east. */
export const writeDate = (at: Date) => [at.getFullYear(), at.getMonth() + 1, at.getDate()].map((part) => String(part).padStart(2, '0')).join('-');

function judgeDate(date: string, now: Date): Fault | undefined {
  if (date === '') return 'date_required';
  if (date <= writeDate(now)) return 'date_past';
  return date > latestDate(now) ? 'date_late' : undefined;
}

/** When a key ends that is made now; undefined where it stays as it is, null where it never does. */
export function readExpiry({ kind, date }: Draft['expires_at'], now = new Date()): string | null | undefined {
  if (kind === 'keep') return undefined;
  if (kind === 'never') return null;
  if (kind !== 'date') return new Date(now.getTime() + Number(kind.slice(1)) * DAY_MS).toISOString();
  const end = new Date(`${date}T23:59:59.999`);
  return Number.isNaN(end.getTime()) ? undefined : end.toISOString();
}

export function toCreateBody(draft: Draft): BodyOf<'apiKeys.create'> {
  const { scopes, models } = draft;
  return { name: draft.name.trim(), scopes, models, expires_at: readExpiry(draft.expires_at) ?? null, allowed_networks: readNetworks(draft.allowed_networks).map(({ network }) => network) };
}

/** Only what differs: scopes that are sent must be one's own, and a key may have kept one that its person has lost. */
export function toUpdateBody(draft: Draft, key: ApiKey): BodyOf<'apiKeys.update'> {
  const made = { ...toCreateBody(draft), expires_at: readExpiry(draft.expires_at) };
  const before = { ...toCreateBody(draftOf(key)), expires_at: undefined };
  const differs = draftFields.filter((field) => made[field] !== undefined && JSON.stringify(made[field]) !== JSON.stringify(before[field]));
  // fromEntries forgets the names: they are those of the body.
  return Object.fromEntries(differs.map((field) => [field, made[field]])) as BodyOf<'apiKeys.update'>;
}
