import { useId } from 'react';
import type { SystemRole } from '@lyss/api-types/permission';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { useMe } from '../../session/session-store.ts';
import { canGrant, offeredRoles } from './grants.ts';
import './users.css';

interface RolesFieldProps {
  value: readonly SystemRole[];
  onValue: (roles: SystemRole[]) => void;
  error: string | undefined;
}

/** The roles a person gets; those beyond my own can be seen but not changed. */
export function RolesField({ value, onValue, error }: RolesFieldProps) {
  const t = useTexts('users');
  const me = useMe();
  const id = useId();
  const toggle = (role: SystemRole, held: boolean) => onValue(held ? [...value, role] : value.filter((name) => name !== role));
  const offered = offeredRoles.filter((role) => canGrant(role, me.permissions) || value.includes(role));
  return (
    <fieldset className="users-roles" aria-describedby={`${id}-line`}>
      <legend>{t(($) => $.form.roles)}</legend>
      {offered.map((role) => (
        <label key={role} className="users-role">
          <input
            type="checkbox"
            checked={value.includes(role)}
            disabled={!canGrant(role, me.permissions)}
            aria-invalid={error ? true : undefined}
            onChange={(event) => toggle(role, event.target.checked)}
          />
          <span>
            {t(($) => $.role[role])}
            <small>{t(($) => $.role_line[role])}</small>
          </span>
        </label>
      ))}
      <div id={`${id}-line`} role={error ? 'alert' : undefined} className={error ? 'form-line is-error' : 'form-line'}>
        {error ?? t(($) => $.form.roles_hint)}
      </div>
    </fieldset>
  );
}
