import { describe, expect, it } from 'vitest';
import { emptyDraft, resumeStep } from './progress.ts';

describe('taking the set-up up again', () => {
  it('goes to the first two steps before there is an account and to the others after it', () => {
    expect(resumeStep(null, false)).toBe('owner');
    expect(resumeStep({ ...emptyDraft, step: 'models' }, false)).toBe('owner');
    expect(resumeStep({ ...emptyDraft, step: 'tenant' }, true)).toBe('supplier');
    expect(resumeStep({ ...emptyDraft, step: 'chat' }, true)).toBe('chat');
  });
});
