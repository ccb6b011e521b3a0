import { describe, expect, it } from 'vitest';
import { draftOf, judgeDraft, readAliases, toUpdateBody } from './draft.ts';
import { convertPrice } from './effective-price.ts';
import { tenantModel } from './test-rows.ts';

const model = tenantModel();
const draft = draftOf(model);

describe('a draft', () => {
  it('that nobody touched sends nothing', () => {
    expect(judgeDraft(draft)).toEqual({});
    expect(toUpdateBody(draft, model)).toEqual({});
    const own = tenantModel({ own_price: { input: '1', output: '2', cached_input: null, currency: 'USD' }, price_source: 'own', roles: [{ id: 'end_user', name: 'end_user' }], own_context_window: 8_000 });
    expect(toUpdateBody(draftOf(own), own)).toEqual({});
  });

  it('sends what differs, and null for what is taken back', () => {
    expect(toUpdateBody({ ...draft, aliases: 'fast, 快 quick', display_name: ' Quick ' }, model)).toEqual({ aliases: ['fast', '快', 'quick'], display_name: 'Quick' });
    const own = tenantModel({ own_display_name: 'Mine', own_price: { input: '1', output: '2', cached_input: '0.1', currency: 'USD' }, price_source: 'own', roles: [{ id: 'end_user', name: 'end_user' }], own_context_window: 8_000 });
    expect(toUpdateBody({ ...draftOf(own), display_name: '', pricing: 'catalogue', audience: 'everyone', context_window: '' }, own)).toEqual({ display_name: null, price: null, roles: null, context_window: null });
    expect(toUpdateBody({ ...draft, pricing: 'own', price_input: '1.5', price_output: '6', audience: 'some', roles: ['end_user'] }, model)).toEqual({ price: { input: '1.5', output: '6', cached_input: null }, roles: ['end_user'] });
  });

  it('says what keeps it from being sent', () => {
    expect(judgeDraft({ ...draft, audience: 'some', roles: [] })).toEqual({ roles: 'roles_required' });
    expect(judgeDraft({ ...draft, aliases: 'openai/x' })).toEqual({ aliases: 'alias_invalid' });
    expect(judgeDraft({ ...draft, aliases: Array.from({ length: 11 }, (_, n) => `a${n}`).join(' ') })).toEqual({ aliases: 'alias_count' });
    expect(judgeDraft({ ...draft, pricing: 'own', price_input: '', price_output: '1e3', price_cached_input: '-1' })).toEqual({ price_input: 'amount_required', price_output: 'amount_invalid', price_cached_input: 'amount_invalid' });
    expect(judgeDraft({ ...draft, context_window: '0', max_output_tokens: '1.5' })).toEqual({ context_window: 'tokens_invalid', max_output_tokens: 'tokens_invalid' });
    // What is not chosen is not judged.
    expect(judgeDraft({ ...draft, price_input: 'x' })).toEqual({});
  });

  it('reads aliases whatever stands between them, each once', () => {
    expect(readAliases(' a,b， c、a\n')).toEqual(['a', 'b', 'c']);
  });
});

describe('the price that will be in force', () => {
  it('is the catalogue’s at the rate, rounded up as the server does', () => {
    const price = { input: '0.000000001', output: '2', cached_input: null, currency: 'USD' };
    expect(convertPrice(price, 'USD', null)).toBe(price);
    expect(convertPrice(price, 'CNY', '7.1')).toEqual({ input: '0.000000008', output: '14.2', cached_input: null, currency: 'CNY' });
    expect(convertPrice(price, 'CNY', null)).toBeNull();
    expect(convertPrice({ ...price, input: '0', output: '0' }, 'CNY', null)).toMatchObject({ input: '0', currency: 'CNY' });
  });
});
