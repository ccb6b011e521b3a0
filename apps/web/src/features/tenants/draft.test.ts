import { describe, expect, it } from 'vitest';
import { changeDraft, judgeDraft, startDraft, toCreateBody } from './draft.ts';

const start = startDraft({ locale: 'zh-CN', currency: 'CNY', time_zone: 'Asia/Shanghai' });

describe('a new tenant', () => {
  it('suggests the workspace as the name is typed, until one is typed by hand', () => {
    let draft = changeDraft(start, { name: 'Acme Robo' });
    draft = changeDraft(draft, { name: 'Acme Robotics' });
    expect(draft.workspace).toBe('acme-robotics');
    draft = changeDraft(draft, { workspace: 'acme' });
    expect(changeDraft(draft, { name: 'Other' }).workspace).toBe('acme');
    draft = changeDraft(draft, { workspace: '' });
    expect(changeDraft(draft, { name: 'Other One' }).workspace).toBe('other-one');
  });

  it('says what is missing, field by field', () => {
    expect(judgeDraft(start)).toEqual({
      name: 'name_required',
      workspace: 'workspace_required',
      admin_name: 'admin_name_required',
      admin_email: 'admin_email_required',
    });
    const wrong = { ...start, name: 'x'.repeat(81), workspace: 'A B', admin_name: 'Z', admin_email: 'zhou' };
    expect(judgeDraft(wrong)).toEqual({ name: 'name_long', workspace: 'workspace_invalid', admin_email: 'admin_email_invalid' });
  });

  it('becomes the contract’s body', () => {
    const draft = { ...changeDraft(start, { name: ' 云栖科技 ' }), admin_name: ' 周宁 ', admin_email: ' zhou@yunqi.example ' };
    expect(judgeDraft(draft)).toEqual({});
    expect(toCreateBody(draft)).toEqual({
      name: '云栖科技',
      workspace: 'yqkj',
      locale: 'zh-CN',
      currency: 'CNY',
      time_zone: 'Asia/Shanghai',
      admin: { name: '周宁', email: 'zhou@yunqi.example' },
    });
  });
});
