import type { BodyOf, Price, TenantModel } from '@lyss/api-types';

const NAME_LENGTH = 80;
const MOST_ALIASES = 10;
const MOST_TOKENS = 100_000_000;
// The contract's own forms; its values stay out of the browser's bundle.
const alias = /^[\p{L}\p{N}][\p{L}\p{N}._:@+-]{0,99}$/u;
const amount = /^\d{1,7}(?:\.\d{1,9})?$/;

export interface Draft {
  display_name: string;
  /** As they are typed: with spaces or commas between them. */
  aliases: string;
  audience: 'everyone' | 'some';
  roles: readonly string[];
  pricing: 'catalogue' | 'own';
  price_input: string;
  price_cached_input: string;
  price_output: string;
  context_window: string;
  max_output_tokens: string;
}
export const draftFields = ['display_name', 'aliases', 'roles', 'price_input', 'price_cached_input', 'price_output', 'context_window', 'max_output_tokens'] as const;
export type DraftField = (typeof draftFields)[number];
export type DraftIssue = 'name_long' | 'alias_invalid' | 'alias_count' | 'roles_required' | 'amount_required' | 'amount_invalid' | 'tokens_invalid';

export function draftOf(model: TenantModel): Draft {
  const { own_price, roles } = model;
  return {
    display_name: model.own_display_name ?? '',
    aliases: model.aliases.join(' '),
    audience: roles === null ? 'everyone' : 'some',
    roles: roles?.map(({ id }) => id) ?? [],
    // One in a currency of before is not in force; what is shown is what is.
    pricing: model.price_source === 'own' ? 'own' : 'catalogue',
    price_input: own_price?.input ?? '',
    price_cached_input: own_price?.cached_input ?? '',
    price_output: own_price?.output ?? '',
    context_window: model.own_context_window?.toString() ?? '',
    max_output_tokens: model.own_max_output_tokens?.toString() ?? '',
  };
}

export const readAliases = (typed: string): string[] => [...new Set(typed.split(/[\s,，、]+/u).filter((name) => name !== ''))];

/** What keeps a draft from being sent, by field; the server has the last word. */
export function judgeDraft(draft: Draft): Partial<Record<DraftField, DraftIssue>> {
  const found: Partial<Record<DraftField, DraftIssue>> = {};
  if ([...draft.display_name.trim()].length > NAME_LENGTH) found.display_name = 'name_long';
  const aliases = readAliases(draft.aliases);
  if (aliases.length > MOST_ALIASES) found.aliases = 'alias_count';
  else if (!aliases.every((name) => alias.test(name))) found.aliases = 'alias_invalid';
  if (draft.audience === 'some' && draft.roles.length === 0) found.roles = 'roles_required';
  for (const field of ['context_window', 'max_output_tokens'] as const) if (!isTokens(draft[field])) found[field] = 'tokens_invalid';
  return draft.pricing === 'own' ? { ...found, ...judgePrice(draft) } : found;
}

function judgePrice(draft: Draft): Partial<Record<DraftField, DraftIssue>> {
  const found: Partial<Record<DraftField, DraftIssue>> = {};
  for (const field of ['price_input', 'price_output'] as const) {
    const typed = draft[field].trim();
    if (typed === '') found[field] = 'amount_required';
    else if (!amount.test(typed)) found[field] = 'amount_invalid';
  }
  const cached = draft.price_cached_input.trim();
  if (cached !== '' && !amount.test(cached)) found.price_cached_input = 'amount_invalid';
  return found;
}

function isTokens(typed: string): boolean {
  const text = typed.trim();
  return text === '' || (/^\d{1,9}$/.test(text) && Number(text) >= 1 && Number(text) <= MOST_TOKENS);
}

/** The draft's own price; null where the catalogue's is to be in force, undefined while it is no price yet. */
export function readOwnPrice(draft: Draft, currency: string): Price | null | undefined {
  if (draft.pricing === 'catalogue') return null;
  if (Object.keys(judgePrice(draft)).length > 0) return undefined;
  const cached = draft.price_cached_input.trim();
  return { input: draft.price_input.trim(), output: draft.price_output.trim(), cached_input: cached === '' ? null : cached, currency };
}

/** What differs from the model as it is. */
export function toUpdateBody(draft: Draft, model: TenantModel): BodyOf<'tenantModels.update'> {
  const was = draftOf(model);
  const body: BodyOf<'tenantModels.update'> = {};
  const tokens = (typed: string) => (typed.trim() === '' ? null : Number(typed.trim()));
  if (draft.display_name.trim() !== was.display_name) body.display_name = draft.display_name.trim() || null;
  if (readAliases(draft.aliases).join(' ') !== was.aliases) body.aliases = readAliases(draft.aliases);
  const roles = draft.audience === 'everyone' ? null : [...draft.roles];
  if (JSON.stringify(roles?.toSorted()) !== JSON.stringify(model.roles?.map(({ id }) => id).toSorted())) body.roles = roles as NonNullable<typeof body.roles> | null;
  const price = readOwnPrice(draft, '');
  const before = readOwnPrice(was, '');
  if (price !== undefined && JSON.stringify(price) !== JSON.stringify(before)) body.price = price && { input: price.input, output: price.output, cached_input: price.cached_input };
  if (draft.context_window.trim() !== was.context_window) body.context_window = tokens(draft.context_window);
  if (draft.max_output_tokens.trim() !== was.max_output_tokens) body.max_output_tokens = tokens(draft.max_output_tokens);
  return body;
}
