import { useId } from 'react';
import type { User } from '@lyss/api-types';
import type { SystemRole } from '@lyss/api-types/permission';
import { isWithin } from '../../app/access/role-list.ts';
import { useAccessWords } from '../../app/access/use-access-words.ts';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { useMe } from '../../session/session-store.ts';
import type { Draft } from './draft.ts';
import { canGrant, offeredRoles } from './grants.ts';
import { useOwnRoles } from './use-own-roles.ts';
import './users.css';

type HeldRoles = Pick<Draft, 'roles' | 'custom_role_ids'>;
interface RolesFieldProps {
  value: HeldRoles;
  /** Roles of the tenant's own that the person holds, which I may not be able to read. */
  held: User['custom_roles'];
  onValue: (roles: Partial<HeldRoles>) => void;
  error: string | undefined;
}
interface OfferedRole {
  id: string;
  name: string;
  line: string;
  mine: boolean;
}

/** What the tenant's own roles offer: those that can be read, and what the person holds of the others. */
function useOwnOffers(held: User['custom_roles']): OfferedRole[] {
  const me = useMe();
  const own = useOwnRoles();
  const unread = held.filter(({ id }) => !own.some((role) => role.id === id));
  return [...own.map((role) => ({ id: role.id, name: role.name, line: role.description, mine: isWithin(role, me.permissions) })), ...unread.map((role) => ({ ...role, line: '', mine: false }))];
}

/** The roles a person gets, the system's and the tenant's own; those beyond my own can be seen but not changed. */
export function RolesField({ value, held, onValue, error }: RolesFieldProps) {
  const t = useTexts('users');
  const words = useAccessWords();
  const me = useMe();
  const id = useId();
  const own = useOwnOffers(held).filter((role) => role.mine || value.custom_role_ids.includes(role.id));
  const offered = offeredRoles.filter((role) => canGrant(role, me.permissions) || value.roles.includes(role));
  const toggle = (role: SystemRole, on: boolean) => onValue({ roles: on ? [...value.roles, role] : value.roles.filter((name) => name !== role) });
  const toggleOwn = (role: string, on: boolean) => onValue({ custom_role_ids: on ? [...value.custom_role_ids, role] : value.custom_role_ids.filter((name) => name !== role) });
  return (
    <fieldset className="users-roles" aria-describedby={`${id}-line`}>
      <legend>{t(($) => $.form.roles)}</legend>
      {offered.map((role) => (
        <RoleBox key={role} name={words.role({ id: role, name: role })} line={words.roleLine(role)} on={value.roles.includes(role)} locked={!canGrant(role, me.permissions)} wrong={error !== undefined} onToggle={(on) => toggle(role, on)} />
      ))}
      {own.map((role) => (
        <RoleBox key={role.id} name={role.name} line={role.line} on={value.custom_role_ids.includes(role.id)} locked={!role.mine} wrong={error !== undefined} onToggle={(on) => toggleOwn(role.id, on)} />
      ))}
      <div id={`${id}-line`} role={error ? 'alert' : undefined} className={error ? 'form-line is-error' : 'form-line'}>
        {error ?? t(($) => $.form.roles_hint)}
      </div>
    </fieldset>
  );
}

interface RoleBoxProps {
  name: string;
  line: string;
  on: boolean;
  locked: boolean;
  wrong: boolean;
  onToggle: (on: boolean) => void;
}

function RoleBox({ name, line, on, locked, wrong, onToggle }: RoleBoxProps) {
  return (
    <label className="users-role">
      <input type="checkbox" checked={on} disabled={locked} aria-invalid={wrong ? true : undefined} onChange={(event) => onToggle(event.target.checked)} />
      <span>
        {name}
        {line ? <small>{line}</small> : null}
      </span>
    </label>
  );
}
