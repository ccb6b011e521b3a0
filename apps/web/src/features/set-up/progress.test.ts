import { describe, expect, it } from 'vitest';
import { emptyDraft, resumeStep, suggestWorkspace } from './progress.ts';

describe('taking the set-up up again', () => {
  it('goes to the first two steps before there is an account and to the others after it', () => {
    expect(resumeStep(null, false)).toBe('owner');
    expect(resumeStep({ ...emptyDraft, step: 'models' }, false)).toBe('owner');
    expect(resumeStep({ ...emptyDraft, step: 'tenant' }, true)).toBe('supplier');
    expect(resumeStep({ ...emptyDraft, step: 'chat' }, true)).toBe('chat');
  });
});

describe('suggesting a workspace', () => {
  it.each([
    ['Cloud Nest 云栖', 'cloud-nest'],
    ['Café Ünïted', 'cafe-united'],
    ['云栖科技', ''],
    ['ab', ''],
    ['A'.repeat(40), 'a'.repeat(32)],
  ])('%s → %j', (name, workspace) => {
    expect(suggestWorkspace(name)).toBe(workspace);
  });
});
