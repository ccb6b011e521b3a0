import { useCallback, useState } from 'react';
import type { Role } from '@lyss/api-types';
import type { Permission } from '@lyss/api-types/permission';
import { useUpdateRole } from '../api.ts';
import { applyChange, compare, drop, settle, toggle, type Changes, type RoleChange } from './changes.ts';

/** A role with changes that are not saved. */
export interface ChangedRole {
  id: string;
  change: RoleChange;
  /** As the server has it now; null where somebody removed it meanwhile. */
  now: Role | null;
  /** What it is to grant. */
  wanted: Permission[];
  failure: Error | null;
}

function listChanged(changes: Changes, failures: ReadonlyMap<string, Error>, roles: readonly Role[]): ChangedRole[] {
  const all = [...changes].map(([id, change]) => {
    const now = roles.find((role) => role.id === id) ?? null;
    return { id, change, now, wanted: applyChange(now ?? change.seen, change), failure: failures.get(id) ?? null };
  });
  // Somebody else may have done the same.
  return all.filter(({ now, wanted }) => now === null || Object.values(compare(now.permissions, wanted)).some((side) => side.length > 0));
}

/** Collects changes of roles; saves each role by itself, against the version that is shown. What is refused stays. */
export function useChanges(roles: readonly Role[]) {
  const [changes, setChanges] = useState<Changes>(new Map());
  const [failures, setFailures] = useState<ReadonlyMap<string, Error>>(new Map());
  const [saving, setSaving] = useState(false);
  const { mutateAsync } = useUpdateRole();
  const changed = listChanged(changes, failures, roles);
  const saveOne = async ({ id, now, wanted }: ChangedRole) => {
    if (now?.version == null || wanted.length === 0) return;
    try {
      const saved = await mutateAsync({ id, version: now.version, body: { permissions: wanted } });
      setChanges((old) => settle(old, saved));
      setFailures((old) => new Map([...old].filter(([failed]) => failed !== id)));
    } catch (failure) {
      setFailures((old) => new Map([...old, [id, failure instanceof Error ? failure : new Error(String(failure))]]));
    }
  };
  const save = async () => {
    setSaving(true);
    for (const role of changed) await saveOne(role);
    setSaving(false);
  };
  return {
    changes,
    changed,
    saving,
    toggle: useCallback((role: Role, permission: Permission) => setChanges((old) => toggle(old, role, permission)), []),
    discard: (id: string) => {
      setChanges((old) => drop(old, id));
      setFailures((old) => new Map([...old].filter(([failed]) => failed !== id)));
    },
    save: () => void save(),
  };
}
export type RoleChanges = ReturnType<typeof useChanges>;
