import { describe, expect, it } from 'vitest';
import { draftOf, findHostChange, judgeDraft, startDraft, toCreateBody, toEnabledBody, toReplaceBody, toTestBody } from './draft.ts';
import { catalogueKind, credential } from './test-rows.ts';

const kind = catalogueKind();
const saved = credential();

describe('a new credential', () => {
  it('begins with the supplier’s own address and asks for name and key', () => {
    const draft = startDraft(kind, '');
    expect(draft.base_url).toBe('https://api.openai.com/v1');
    expect(judgeDraft(draft, kind, null)).toEqual({ name: 'name_required', api_key: 'key_required' });
  });

  it.each([['api.openai.com', 'url_invalid'], ['ftp://api.openai.com', 'url_invalid'], ['  ', 'url_required'], ['http://ollama.lan:11434/v1', undefined]])('judges the address %j as %s', (base_url, issue) => {
    expect(judgeDraft({ ...startDraft(kind, 'x'), api_key: 'k', base_url }, kind, null).base_url).toBe(issue);
  });

  it.each(['sk with space', 'sk-\nline', '密钥', `${'k'.repeat(513)}`])('refuses a key that no header could carry: %j', (api_key) => {
    expect(judgeDraft({ ...startDraft(kind, 'x'), api_key }, kind, null).api_key).toBe('key_invalid');
  });

  it('needs no key where the supplier needs none', () => {
    const ollama = catalogueKind({ provider: 'ollama', key_required: false });
    expect(judgeDraft(startDraft(ollama, 'x'), ollama, null)).toEqual({});
  });

  it('counts a name in characters, not in code units', () => {
    expect(judgeDraft({ ...startDraft(kind, '😀'.repeat(80)), api_key: 'k' }, kind, null)).toEqual({});
    expect(judgeDraft({ ...startDraft(kind, '😀'.repeat(81)), api_key: 'k' }, kind, null)).toEqual({ name: 'name_long' });
  });

  it('sends what was typed, and leaves out what was not', () => {
    const draft = { ...startDraft(kind, ' 写作组 '), api_key: 'sk-1' };
    expect(toCreateBody(draft, kind)).toEqual({ provider: 'openai', name: '写作组', enabled: true, base_url: 'https://api.openai.com/v1', api_key: 'sk-1' });
    expect(toCreateBody({ ...draft, models: ['a'] }, kind).models).toEqual(['a']);
    expect(toTestBody({ ...draft, models: ['a', 'b'] }, kind)).toEqual({ provider: 'openai', base_url: 'https://api.openai.com/v1', api_key: 'sk-1', model: 'a' });
    const fixed = catalogueKind({ provider: 'demo', base_url_editable: false, key_required: false });
    expect(toCreateBody(startDraft(fixed, '演示'), fixed)).toEqual({ provider: 'demo', name: '演示', enabled: true });
  });
});

describe('a saved credential', () => {
  it('keeps its key while the host stays, whatever the path', () => {
    const draft = { ...draftOf(saved), base_url: 'https://api.openai.com/v2' };
    expect(findHostChange(draft, saved)).toBeNull();
    expect(judgeDraft(draft, kind, saved)).toEqual({});
  });

  it.each([
    ['https://proxy.corp.example/v1', { from: 'api.openai.com', to: 'proxy.corp.example' }],
    ['https://api.openai.com:8443/v1', { from: 'api.openai.com', to: 'api.openai.com:8443' }],
    ['http://api.openai.com/v1', { from: 'https://api.openai.com', to: 'http://api.openai.com' }],
  ])('asks for the key again at %s', (base_url, change) => {
    const draft = { ...draftOf(saved), base_url };
    expect(findHostChange(draft, saved)).toEqual(change);
    expect(judgeDraft(draft, kind, saved)).toEqual({ api_key: 'key_again' });
    expect(judgeDraft({ ...draft, api_key: 'sk-new' }, kind, saved)).toEqual({});
  });

  it('has no key to ask for again where it never had one', () => {
    const keyless = credential({ provider: 'ollama', base_url: 'http://a.lan/v1', key_hint: null });
    expect(judgeDraft({ ...draftOf(keyless), base_url: 'http://b.lan/v1' }, catalogueKind({ key_required: false }), keyless)).toEqual({});
  });

  it('does not lose its last model by an emptied field', () => {
    expect(judgeDraft({ ...draftOf(saved), models: [] }, kind, saved)).toEqual({ models: 'models_required' });
  });

  it('sends an address only where it changed, since a sent one is tried again', () => {
    expect(toReplaceBody(draftOf(saved), kind, saved)).toEqual({ name: '研发主力', enabled: true, models: saved.models });
    expect(toReplaceBody({ ...draftOf(saved), base_url: 'https://b.example/v1' }, kind, saved).base_url).toBe('https://b.example/v1');
    expect(toEnabledBody(saved, false)).toEqual({ name: '研发主力', enabled: false });
  });
});
