import { describe, expect, it } from 'vitest';
import { changeDraft, judgeDraft, listPers, startDraft, toCreateBody, toSimulated } from './draft.ts';

const now = new Date('2026-11-23T10:00:00');
const sound = { ...startDraft, name: 'All', limit: '10' };

describe('a draft', () => {
  it('is judged field by field', () => {
    expect(judgeDraft(startDraft, now)).toEqual({ name: 'name_required', limit: 'amount_invalid' });
    expect(judgeDraft(sound, now)).toEqual({});
    for (const limit of ['', '-1', '1e3', '1,5', '1.', '1234567890', '0.1234567891']) expect(judgeDraft({ ...sound, limit }, now), limit).toEqual({ limit: 'amount_invalid' });
    for (const warn_percent of ['0', '101', 'x', '']) expect(judgeDraft({ ...sound, warn_percent }, now)).toEqual({ warn_percent: 'percent_invalid' });
    expect(judgeDraft({ ...sound, scope: 'model' }, now)).toEqual({ subject: 'subject_required' });
    expect(judgeDraft({ ...sound, period: 'once', ends_at: '2026-11-22' }, now)).toEqual({ ends_at: 'date_past' });
  });

  it('counts everybody’s and every key’s each by itself, whatever was chosen before', () => {
    expect(changeDraft({ ...sound, per: 'api_key' }, { scope: 'user' })).toMatchObject({ scope: 'user', subject: '', per: 'person' });
    expect(changeDraft({ ...sound, scope: 'user', per: 'person' }, { subject: 'u' })).toMatchObject({ per: 'together' });
    expect(listPers({ scope: 'api_key', subject: '' })).toEqual(['api_key']);
    expect(changeDraft({ ...sound, scope: 'model', subject: 'm' }, { scope: 'role' }).subject).toBe('');
  });

  it('is sent as the contract has it, and tried without a name', () => {
    expect(toCreateBody({ ...sound, ends_at: '2026-12-01' })).toEqual({ name: 'All', scope: 'tenant', subject: null, per: 'together', period: 'month', limit: '10', is_hard: true, warn_percent: 80, enabled: true, ends_at: null });
    expect(toSimulated({ ...sound, name: '' })).toMatchObject({ name: '-', limit: '10' });
    expect(toSimulated({ ...sound, limit: '' })).toBeNull();
  });
});
