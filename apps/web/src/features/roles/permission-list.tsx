import { Link } from '@tanstack/react-router';
import { useId, type ReactNode } from 'react';
import type { Permission } from '@lyss/api-types/permission';
import { groupByNoun } from '../../app/access/permission-key.ts';
import { useAccessWords } from '../../app/access/use-access-words.ts';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { paths } from '../../app/paths.ts';
import { useCan } from '../../session/session-store.ts';
import type { Lock } from './locks.ts';
import './roles.css';

interface PermissionListProps {
  permissions: readonly Permission[];
  granted: readonly Permission[];
  lockOf: (permission: Permission) => Lock | null;
  isChanged?: (permission: Permission) => boolean;
  /** Leads to whoever has each. */
  withPeople?: boolean;
  onToggle: (permission: Permission) => void;
}

/** One role's permissions by noun, one below the other: each with its sentence, and why it can't be changed where it can't. */
export function PermissionList({ permissions, granted, lockOf, isChanged = () => false, withPeople = false, onToggle }: PermissionListProps) {
  const words = useAccessWords();
  const id = useId();
  const t = useTexts('roles');
  return groupByNoun(permissions).map(({ noun, permissions: of }) => (
    <fieldset key={noun} className="roles-group">
      <legend>{words.noun(noun)}</legend>
      {of.map((permission) => {
        const lock = lockOf(permission);
        const line = `${id}-${permission}`;
        return (
          <div key={permission} className="roles-permission">
            <label>
              {/* Not `disabled`: a reader must reach it to hear why. */}
              <input type="checkbox" checked={granted.includes(permission)} aria-label={words.permission(permission)} aria-disabled={lock !== null} aria-describedby={line} onChange={() => lock === null && onToggle(permission)} />
              <span>
                {words.permission(permission)}
                <small id={line}>
                  {words.line(permission)} {isChanged(permission) ? <em>{t(($) => $.matrix.changed)}</em> : null}
                  {lock === null || lock === 'system' || lock === 'read_only' || lock === 'role_beyond' ? null : <span className="roles-lock">{t(($) => $.lock[lock])}</span>}
                </small>
              </span>
            </label>
            {withPeople ? <WhoHas permission={permission}>{t(($) => $.who_has)}</WhoHas> : null}
          </div>
        );
      })}
    </fieldset>
  ));
}

/** The people who have a permission, by whichever role; nothing where people can’t be seen. */
export function WhoHas({ permission, children, place }: { permission: Permission; children: ReactNode; place?: { 'data-at': string; tabIndex: number } }) {
  const t = useTexts('roles');
  const words = useAccessWords();
  if (!useCan('users.read')) return null;
  return <Link {...paths.holders({ permission })} {...place} className="roles-link" aria-label={t(($) => $.who_has_this, { name: words.permission(permission) })}>{children}</Link>;
}
