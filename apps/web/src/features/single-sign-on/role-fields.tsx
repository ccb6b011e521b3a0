import { useQuery } from '@tanstack/react-query';
import { SelectField, TextField } from '../../app/form/field.tsx';
import { useAccessWords } from '../../app/access/use-access-words.ts';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { rolesQuery } from './api.ts';
import type { Draft } from './draft.ts';

/** Roles that a claim may give: nothing of the platform. */
export function useRoleOptions(): { value: string; label: string }[] {
  const words = useAccessWords();
  const roles = useQuery(rolesQuery);
  const own = (roles.data?.items ?? []).filter(({ is_system }) => !is_system).map(({ id, name }) => ({ value: id as string, label: name }));
  return [...(['tenant_admin', 'end_user'] as const).map((value) => ({ value: value as string, label: words.role({ id: value, name: value }) })), ...own];
}

/** Which roles people come with. */
export function RoleFields({ draft, errors, change }: { draft: Draft; errors: Record<string, string>; change: (part: Partial<Draft>) => void }) {
  const t = useTexts('single-sign-on');
  const options = useRoleOptions();
  const set = (at: number, part: Partial<Draft['role_rules'][number]>) => change({ role_rules: draft.role_rules.map((rule, index) => (index === at ? { ...rule, ...part } : rule)) });
  return (
    <div className="form-stack">
      <TextField label={t(($) => $.roles.claim)} hint={t(($) => $.roles.claim_hint)} className="mono" value={draft.role_claim} error={errors['role_claim']} onValue={(role_claim) => change({ role_claim })} />
      {draft.role_rules.map((rule, at) => (
        <div className="sso-rule" key={at}>
          <TextField label={t(($) => $.roles.value)} value={rule.value} error={errors[`role_rules.${at}.value`]} onValue={(value) => set(at, { value })} />
          <SelectField label={t(($) => $.roles.role)} value={rule.role} options={options} error={errors[`role_rules.${at}.role`]} onValue={(role) => set(at, { role })} />
          <ActionButton aria-label={`${t(($) => $.roles.remove)} ${rule.value}`} onClick={() => change({ role_rules: draft.role_rules.filter((_, index) => index !== at) })}>{t(($) => $.roles.remove)}</ActionButton>
        </div>
      ))}
      <div><ActionButton onClick={() => change({ role_rules: [...draft.role_rules, { value: '', role: 'end_user' }] })}>{t(($) => $.roles.add)}</ActionButton></div>
      <SelectField label={t(($) => $.roles.fallback)} value={draft.default_role} options={[{ value: '', label: t(($) => $.roles.nobody) }, ...options]} error={errors['default_role']} onValue={(default_role) => change({ default_role })} />
      <label className="sso-switch"><input type="checkbox" checked={draft.creates_users} onChange={(event) => change({ creates_users: event.target.checked })} /> {t(($) => $.roles.creates)}</label>
    </div>
  );
}
