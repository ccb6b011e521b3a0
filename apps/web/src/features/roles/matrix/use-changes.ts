import { useCallback, useEffect, useState } from 'react';
import type { Role } from '@lyss/api-types';
import type { Permission } from '@lyss/api-types/permission';
import { useUpdateRole } from '../api.ts';
import { applyChange, drop, prune, settle, toggle, type Changes, type RoleChange } from './changes.ts';

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
  return [...changes].map(([id, change]) => {
    const now = roles.find((role) => role.id === id) ?? null;
    return { id, change, now, wanted: applyChange(now ?? change.seen, change), failure: failures.get(id) ?? null };
  });
}

/** Collects changes of roles; saves each role by itself, against the version that is shown. What is refused stays. */
export function useChanges(roles: readonly Role[]) {
  const [changes, setChanges] = useState<Changes>(new Map());
  const [failures, setFailures] = useState<ReadonlyMap<string, Error>>(new Map());
  const [saving, setSaving] = useState(false);
  const { mutateAsync } = useUpdateRole();
  useEffect(() => setChanges((old) => prune(old, roles)), [roles]);
  const forgive = (id: string) => setFailures((old) => drop(old, id));
  const changed = listChanged(changes, failures, roles);
  const saveOne = async ({ id, now, wanted }: ChangedRole) => {
    if (now?.version == null || wanted.length === 0) return;
    try {
      const saved = await mutateAsync({ id, version: now.version, body: { permissions: wanted } });
      setChanges((old) => settle(old, saved));
      forgive(id);
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
    toggle: useCallback((role: Role, permission: Permission) => {
      setChanges((old) => toggle(old, role, permission));
      // What was refused was another wish.
      setFailures((old) => drop(old, role.id));
    }, []),
    discard: (id: string) => {
      setChanges((old) => drop(old, id));
      forgive(id);
    },
    save: () => void save(),
  };
}
export type RoleChanges = ReturnType<typeof useChanges>;
