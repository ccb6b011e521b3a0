import type { Role } from '@lyss/api-types';
import { tenantPermissions, type Permission } from '@lyss/api-types/permission';
import { useAccessWords } from '../../app/access/use-access-words.ts';
import { DraftForm } from '../../app/form/draft-form.tsx';
import { TextField } from '../../app/form/field.tsx';
import { useDraft } from '../../app/form/use-draft.ts';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { Meanwhile } from '../../app/list/meanwhile.tsx';
import { useRebase, type Overtaken } from '../../app/list/use-basis.ts';
import { useMe } from '../../session/session-store.ts';
import { InlineError } from '../../ui/states/banner.tsx';
import { draftFields, draftOf, judgeDraft, type Draft } from './draft.ts';
import { lockPermission } from './locks.ts';
import { PermissionList } from './permission-list.tsx';
import { placeFailure } from './place-failure.ts';

interface RoleFormProps {
  start: Draft;
  /** The role that is renamed; null: a new one, whose permissions are chosen here too. */
  renamed: Role | null;
  /** What somebody else saved while it was being renamed. */
  overtaken?: Overtaken<Role> | null;
  pending: boolean;
  failure: Error | null;
  onSubmit: (draft: Draft) => void;
  onCancel: () => void;
}

/** Makes or renames a role: judged as one goes, and what was typed stays when the server says no. */
export function RoleForm({ start, renamed, overtaken = null, pending, failure, onSubmit, onCancel }: RoleFormProps) {
  const t = useTexts('roles');
  const form = useDraft({ start: () => start, fields: draftFields, judge: judgeDraft, say: (issue) => t(($) => $.issue[issue]), placed: placeFailure(failure, t) });
  const { draft, errorOf, change, leave } = form;
  useRebase(overtaken, draftOf, form);
  const texts = { cancel: t(($) => $.form.cancel), submit: renamed ? t(($) => $.form.save) : t(($) => $.form.submit) };
  return (
    <DraftForm form={form} pending={pending} texts={texts} problem={<><InlineError>{form.banner}</InlineError>{renamed ? <RoleMeanwhile overtaken={overtaken} /> : null}</>} onSubmit={onSubmit} onCancel={onCancel}>
      <TextField label={t(($) => $.form.name)} value={draft.name} hint={t(($) => $.form.name_hint)} error={errorOf('name')} autoComplete="off" autoFocus maxLength={120} onValue={(name) => change({ name })} onBlur={() => leave('name')} />
      <TextField label={t(($) => $.form.description)} value={draft.description} hint={t(($) => $.form.description_hint)} error={errorOf('description')} autoComplete="off" maxLength={400} onValue={(description) => change({ description })} onBlur={() => leave('description')} />
      {renamed ? null : <PermissionsField value={draft.permissions} error={errorOf('permissions')} onValue={(permissions) => change({ permissions })} />}
    </DraftForm>
  );
}

function RoleMeanwhile({ overtaken }: { overtaken: Overtaken<Role> | null }) {
  const t = useTexts('roles');
  const words = useAccessWords();
  if (!overtaken) return <Meanwhile changes={[]} />;
  const { from, to } = overtaken;
  const say = ({ permissions }: Role) => permissions.map(words.permission).join(t(($) => $.changes.list));
  return <Meanwhile changes={[[t(($) => $.form.name), from.name, to.name], [t(($) => $.form.description), from.description, to.description], [t(($) => $.form.permissions), say(from), say(to)]]} />;
}

function PermissionsField({ value, error, onValue }: { value: readonly Permission[]; error: string | undefined; onValue: (value: Permission[]) => void }) {
  const t = useTexts('roles');
  const me = useMe();
  const toggle = (permission: Permission) => onValue(tenantPermissions.filter((candidate) => (candidate === permission) !== value.includes(candidate)));
  return (
    <div role="group" className="roles-field" aria-label={t(($) => $.form.permissions)}>
      <p className="roles-field-name">{t(($) => $.form.permissions)}</p>
      <div role={error ? 'alert' : undefined} className={error ? 'form-line is-error' : 'form-line'}>{error ?? t(($) => $.form.permissions_hint)}</div>
      <PermissionList permissions={tenantPermissions} granted={value} lockOf={(permission) => lockPermission(permission, me.permissions)} onToggle={toggle} />
    </div>
  );
}
