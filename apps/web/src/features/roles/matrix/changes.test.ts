import { describe, expect, it } from 'vitest';
import type { Role } from '@lyss/api-types';
import { applyChange, compareMeanwhile, prune, settle, toggle, type Changes } from './changes.ts';

const at = '2026-11-01T00:00:00.000Z';
const auditor: Role = { id: 'r1', name: 'Auditor', description: '', is_system: false, permissions: ['users.read', 'audit.read'], users_count: 0, created_at: at, updated_at: at, version: 1 };
const nothing: Changes = new Map();

describe('changes of roles', () => {
  it('are what differs, and gone when taken back', () => {
    const once = toggle(nothing, auditor, 'chat.use');
    expect(applyChange(auditor, once.get('r1'))).toEqual(['users.read', 'audit.read', 'chat.use']);
    expect(toggle(once, auditor, 'chat.use').size).toBe(0);
    expect(applyChange(auditor, toggle(nothing, auditor, 'users.read').get('r1'))).toEqual(['audit.read']);
  });

  it('lie on top of what somebody else did meanwhile, which is told', () => {
    const change = toggle(nothing, auditor, 'chat.use').get('r1');
    const now: Role = { ...auditor, name: 'Reader', permissions: ['audit.read', 'settings.read'], version: 2 };
    expect(applyChange(now, change)).toEqual(['settings.read', 'audit.read', 'chat.use']);
    expect(change && compareMeanwhile(change, now)).toEqual({ gained: ['settings.read'], lost: ['users.read'], renamed: 'Reader' });
    expect(change && compareMeanwhile(change, auditor)).toBeNull();
  });

  it('are forgotten where somebody else did the same, or they would undo that person’s next step', () => {
    const taken = toggle(toggle(nothing, auditor, 'users.read'), auditor, 'chat.use');
    const now: Role = { ...auditor, permissions: ['audit.read'], version: 2 };
    const left = prune(taken, [now]);
    expect([...(left.get('r1')?.set ?? [])]).toEqual([['chat.use', true]]);
    expect(applyChange({ ...auditor, version: 3 }, left.get('r1'))).toContain('users.read');
    expect(prune(left, [now])).toBe(left);
  });

  it('made while a save was under way are kept upon what was saved', () => {
    const both = toggle(toggle(nothing, auditor, 'chat.use'), auditor, 'users.read');
    const saved: Role = { ...auditor, permissions: ['users.read', 'audit.read', 'chat.use'], version: 2 };
    const left = settle(both, saved).get('r1');
    expect([...(left?.set ?? [])]).toEqual([['users.read', false]]);
    expect(left?.seen).toBe(saved);
    expect(settle(toggle(nothing, auditor, 'chat.use'), saved).size).toBe(0);
  });
});
