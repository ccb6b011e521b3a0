import { Link } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import type { Role } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { paths } from '../../app/paths.ts';
import { useCan } from '../../session/session-store.ts';
import { ConfirmRemoval } from '../../ui/overlay/confirm-removal.tsx';
import { holders, useRemoveRole } from './api.ts';
import { countHolders, describeFailure } from './place-failure.ts';

/** The first few who hold it, by name; empty where people can't be seen. */
function useHolders(role: Role): string[] {
  const t = useTexts('roles');
  const { data } = useQuery({ ...holders(role.id), enabled: useCan('users.read') });
  if (!data) return [];
  const more = (data.pagination.total_items ?? data.items.length) - data.items.length;
  return [...data.items.map(({ name, email }) => `${name} · ${email}`), ...(more > 0 ? [t(($) => $.remove.more, { count: more })] : [])];
}

/** Deletes a role: its name typed, those who hold it named; the server refuses while there are any, and then leads to them. */
export function RemoveRole({ role, onClose, onDone }: { role: Role; onClose: () => void; onDone: () => void }) {
  const t = useTexts('roles');
  const remove = useRemoveRole();
  const people = useHolders(role);
  const held = countHolders(remove.error);
  const canSee = useCan('users.read');
  const { name } = role;
  return (
    <ConfirmRemoval
      name={name}
      texts={{
        title: t(($) => $.remove.title, { name }),
        prompt: t(($) => $.remove.prompt, { name }),
        dependents: t(($) => $.remove.depends),
        confirm: t(($) => $.remove.submit),
        cancel: t(($) => $.form.cancel),
      }}
      consequence={<>{t(($) => $.remove.text)} {canSee && people.length > 0 ? <Link {...paths.holders({ role: role.id })} className="roles-link">{t(($) => $.remove.show)}</Link> : null}</>}
      dependents={people}
      pending={remove.isPending}
      error={held === null ? describeFailure(remove.error, t) : t(($) => $.remove.in_use, { count: held })}
      onConfirm={() => remove.mutate(role.id, { onSuccess: onDone })}
      onCancel={onClose}
    />
  );
}
