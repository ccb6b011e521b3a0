import { describe, expect, it } from 'vitest';
import { supplierFailureKinds } from '@lyss/api-types/error';
import { ApiFailure, isStale } from '../../api/failure.ts';
import { i18n } from '../../app/i18n/i18n.ts';
import { startTestTexts } from '../../app/i18n/start-test-texts.ts';
import { findDependents, findKind, placeFailure } from './failure.ts';
import en from './texts/en-US.ts';
import zh from './texts/zh-CN.ts';

await startTestTexts('zh-CN', 'suppliers');
const t = i18n.getFixedT('zh-CN', 'suppliers');
const failure = (code: ApiFailure['code'], status: number, details?: Record<string, unknown>) => new ApiFailure({ code, status, message: '服务器说不', details });

describe('why a supplier failed', () => {
  it.each(supplierFailureKinds)('says for %s what happened and what to do, in both languages', (kind) => {
    for (const texts of [zh, en]) {
      expect(texts.failure[kind].what.length).toBeGreaterThan(4);
      expect(texts.failure[kind].todo.length).toBeGreaterThan(10);
      expect(texts.failure[kind].todo).not.toBe(texts.failure[kind].what);
    }
    expect(zh.failure[kind].what).toMatch(/\p{Script=Han}/u);
    expect(en.failure[kind].todo).not.toMatch(/\p{Script=Han}/u);
  });

  it('has a sentence of its own for each kind, and no more kinds than the contract', () => {
    for (const texts of [zh, en]) {
      expect(Object.keys(texts.failure).toSorted()).toEqual([...supplierFailureKinds].toSorted());
      expect(new Set(Object.values(texts.failure).map(({ todo }) => todo)).size).toBe(supplierFailureKinds.length);
    }
  });

  it('reads the kind of a refusal, and none that the contract does not know', () => {
    expect(findKind(failure('3004', 422, { kind: 'quota_exhausted' }))).toBe('quota_exhausted');
    expect(findKind(failure('3004', 422, { kind: 'constructor' }))).toBeNull();
    expect(findKind(failure('5003', 500))).toBeNull();
    expect(findKind(new Error('kind'))).toBeNull();
    expect(findKind(null)).toBeNull();
  });
});

describe('where a refusal belongs', () => {
  it('puts issues at their fields, an item of a list at the list, and the rest over the form', () => {
    const issues = [
      { path: 'name', code: 'too_long', message: '名称太长' },
      { path: 'models.3', code: 'invalid', message: '模型名不对' },
      { path: 'base_url', code: 'invalid_url', message: 'invalid_url' },
    ];
    expect(placeFailure(failure('1001', 400, { issues }), t)).toEqual({ fields: { name: '名称太长', models: '模型名不对', base_url: zh.issue.url_invalid }, banner: null });
    const other = [{ path: 'weight', code: 'unknown', message: '未知字段' }];
    expect(placeFailure(failure('1001', 400, { issues: other }), t)).toEqual({ fields: {}, banner: '服务器说不' });
  });

  it('puts a reason at the field that mends it', () => {
    expect(placeFailure(failure('3005', 409, { reason: 'name_taken' }), t)).toEqual({ fields: { name: zh.issue.name_taken }, banner: null });
    expect(placeFailure(failure('3006', 422, { reason: 'key_required_for_new_host' }), t)).toEqual({ fields: { api_key: zh.issue.key_again }, banner: null });
  });

  it('tells that somebody else was faster', () => {
    expect(isStale(failure('3005', 412))).toBe(true);
    expect(isStale(failure('3005', 409, { reason: 'stale_version' }))).toBe(true);
    expect(isStale(failure('3005', 409, { reason: 'name_taken' }))).toBe(false);
    expect(placeFailure(failure('3005', 412), t).banner).toBe(zh.form.stale);
  });

  it('names what depends on a credential', () => {
    const dependents = [{ kind: 'conversation', count: 12 }, { kind: 'reply', count: 2 }];
    expect(findDependents(failure('3006', 409, { dependents }))).toEqual({ conversations: 12, running_replies: 2 });
    expect(findDependents(failure('3006', 409, { dependents: [null, { kind: 'conversation', count: 'many' }] }))).toEqual({ conversations: 0, running_replies: 0 });
    expect(findDependents(failure('3006', 409))).toBeNull();
  });
});
