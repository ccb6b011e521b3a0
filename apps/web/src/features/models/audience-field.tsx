import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import type { TenantModel } from '@lyss/api-types';
import { useAccessWords } from '../../app/access/use-access-words.ts';
import { ChoiceField } from '../../app/form/choice-field.tsx';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { useCan } from '../../session/session-store.ts';
import { roleChoices } from './api.ts';
import type { PartProps } from './model-form.tsx';
import '../../app/form/checks.css';
import './models.css';

// What anybody may choose who can't see the tenant's own roles.
const system = [{ id: 'tenant_admin', name: 'tenant_admin' }, { id: 'end_user', name: 'end_user' }];

/** Everyone, or whoever has one of the roles that are ticked. */
export function AudienceField({ draft, errorOf, change, leave, model }: PartProps & { model: TenantModel }) {
  const t = useTexts('models');
  const words = useAccessWords();
  const line = useId();
  const { data = system } = useQuery({ ...roleChoices, enabled: useCan('roles.read') });
  const choices = [...new Map([...data, ...(model.roles ?? [])].map((role) => [role.id, role])).values()];
  const options = [{ value: 'everyone', label: t(($) => $.form.everyone) }, { value: 'some', label: t(($) => $.form.some) }] as const;
  const error = errorOf('roles');
  const toggle = (id: string, on: boolean) => {
    change({ roles: on ? [...draft.roles, id] : draft.roles.filter((other) => other !== id) });
    leave('roles');
  };
  return (
    <div className="models-audience-field">
      <ChoiceField label={t(($) => $.form.audience)} value={draft.audience} options={options} onValue={(audience) => change({ audience })} />
      {draft.audience === 'everyone' ? null : (
        <div role="group" aria-label={t(($) => $.form.roles)} aria-describedby={line}>
          <div className="form-checks models-roles">
            {choices.map((role) => (
              <label key={role.id}>
                <input type="checkbox" checked={draft.roles.includes(role.id)} aria-invalid={error ? true : undefined} onChange={(event) => toggle(role.id, event.target.checked)} />
                <span>{words.role(role)}</span>
              </label>
            ))}
          </div>
          <div id={line} role={error ? 'alert' : undefined} className={error ? 'form-line is-error' : 'form-line'}>{error ?? t(($) => $.form.roles_hint)}</div>
        </div>
      )}
    </div>
  );
}
