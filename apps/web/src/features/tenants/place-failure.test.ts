import { describe, expect, it } from 'vitest';
import { ApiFailure } from '../../api/client.ts';
import { i18n } from '../../app/i18n/i18n.ts';
import { startTestTexts } from '../../app/i18n/start-test-texts.ts';
import { describeFailure, placeFailure } from './place-failure.ts';
import zh from './texts/zh-CN.ts';

await startTestTexts('zh-CN', 'tenants');
const t = i18n.getFixedT('zh-CN', 'tenants');
const failure = (code: ApiFailure['code'], status: number, details?: Record<string, unknown>) => new ApiFailure({ code, status, message: '服务器说不', details });

describe('where a refusal belongs', () => {
  it('flattens the body’s path to the form’s field', () => {
    const issues = [{ path: 'admin.email', code: 'invalid', message: '邮箱不对' }, { path: 'time_zone', code: 'invalid', message: '没有这个时区' }];
    expect(placeFailure(failure('1001', 400, { issues }), t)).toEqual({ fields: { admin_email: '邮箱不对', time_zone: '没有这个时区' }, banner: null });
  });

  it('keeps over the form what has no field', () => {
    const issues = [{ path: 'admin.phone', code: 'unknown', message: '未知字段' }];
    expect(placeFailure(failure('1001', 400, { issues }), t)).toEqual({ fields: {}, banner: '服务器说不' });
    expect(placeFailure(failure('OFFLINE', 0), t)).toEqual({ fields: {}, banner: '服务器说不' });
  });

  it('puts a taken workspace at the workspace', () => {
    expect(placeFailure(failure('3005', 409, { reason: 'workspace_taken' }), t)).toEqual({ fields: { workspace: zh.issue.workspace_taken }, banner: null });
  });

  it('says why the own tenant can’t be suspended, and that somebody else was faster', () => {
    expect(describeFailure(failure('3006', 409, { reason: 'own_tenant' }), t)).toBe(zh.issue.own_tenant);
    expect(describeFailure(failure('3005', 412), t)).toBe(zh.form.stale);
    expect(describeFailure(null, t)).toBeNull();
  });
});
