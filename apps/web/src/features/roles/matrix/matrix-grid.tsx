import { Fragment, useCallback, useId, useMemo, useState, type FocusEvent } from 'react';
import type { Role } from '@lyss/api-types';
import type { Permission } from '@lyss/api-types/permission';
import { groupByNoun } from '../../../app/access/permission-key.ts';
import { useAccessWords } from '../../../app/access/use-access-words.ts';
import { useTexts } from '../../../app/i18n/use-texts.ts';
import { useMe } from '../../../session/session-store.ts';
import { LockIcon } from '../../../ui/icons.tsx';
import { lockRole, type Lock } from '../locks.ts';
import { MatrixRow } from './matrix-row.tsx';
import type { RoleChanges } from './use-changes.ts';
import { useGridKeys } from './use-grid-keys.ts';
import './matrix.css';
import '../roles.css';

const explained: readonly Lock[] = ['platform', 'role_beyond', 'beyond'];

export interface MatrixProps {
  roles: readonly Role[];
  permissions: readonly Permission[];
  edits: RoleChanges;
  onOpen: (id: string) => void;
}

/** Permissions × roles: arrows move, space toggles; what is locked can be reached and says why. */
export function MatrixGrid({ roles, permissions, edits, onOpen }: MatrixProps) {
  const t = useTexts('roles');
  const words = useAccessWords();
  const me = useMe();
  const id = useId();
  const [lock, noteLock] = useState<Lock | null>(null);
  const reasonId = useCallback((why: Lock) => `${id}-${why}`, [id]);
  const groups = useMemo(() => groupByNoun(permissions), [permissions]);
  // As they are drawn: a noun may have its permissions in several places of the registry.
  const rows = groups.flatMap((group) => group.permissions);
  const { grid, stop, onKeyDown, onFocus } = useGridKeys({ rows: permissions.length + 1, columns: roles.length + 1 });
  const focus = (event: FocusEvent) => {
    onFocus(event);
    const why = event.target instanceof HTMLElement ? event.target.dataset['lock'] : undefined;
    noteLock(explained.find((known) => known === why) ?? null);
  };
  const stopIn = (row: number) => (stop.row === row ? stop.column : null);
  return (
    <>
      <div className="roles-matrix-room">
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- the ARIA pattern of a grid: rows, heads and cells of a table keep their meaning in it */}
        <table ref={grid} role="grid" className="roles-matrix" aria-label={t(($) => $.matrix.label)} onKeyDown={onKeyDown} onFocus={focus}>
          <Head roles={roles} stop={stopIn(0)} onOpen={onOpen} />
          <tbody>
            {groups.map(({ noun, permissions: of }) => (
              <Fragment key={noun}>
                <tr className="roles-noun"><th scope="rowgroup" colSpan={roles.length + 1}><span>{words.noun(noun)}</span></th></tr>
                {of.map((permission) => {
                  const row = rows.indexOf(permission) + 1;
                  return <MatrixRow key={permission} row={row} permission={permission} roles={roles} changes={edits.changes} mine={me.permissions} stop={stopIn(row)} reasonId={reasonId} onToggle={edits.toggle} />;
                })}
              </Fragment>
            ))}
          </tbody>
        </table>
      </div>
      <p className="roles-why" role="status">{lock ? t(($) => $.lock[lock]) : t(($) => $.matrix.keys)}</p>
      <div hidden>{explained.map((why) => <span key={why} id={reasonId(why)}>{t(($) => $.lock[why])}</span>)}</div>
    </>
  );
}

function Head({ roles, stop, onOpen }: { roles: readonly Role[]; stop: number | null; onOpen: (id: string) => void }) {
  const t = useTexts('roles');
  const words = useAccessWords();
  const me = useMe();
  const place = (column: number) => ({ 'data-at': `0 ${column}`, tabIndex: stop === column ? 0 : -1 });
  return (
    <thead>
      <tr>
        <th scope="col" {...place(0)}>{t(($) => $.matrix.permission)}</th>
        {roles.map((role, index) => {
          const lock = lockRole(role, me.permissions);
          return (
            <th key={role.id} scope="col">
              <button type="button" className="roles-head" {...place(index + 1)} title={lock ? t(($) => $.lock[lock]) : undefined} onClick={() => onOpen(role.id)}>
                {words.role(role)}
                {lock ? <LockIcon size={12} /> : null}
              </button>
            </th>
          );
        })}
      </tr>
    </thead>
  );
}
