import { Link } from '@tanstack/react-router';
import type { Role } from '@lyss/api-types';
import { permissions } from '@lyss/api-types/permission';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { Time } from '../../app/list/time.tsx';
import { useCopyTexts } from '../../app/list/use-copy-texts.ts';
import { paths } from '../../app/paths.ts';
import { useCan } from '../../session/session-store.ts';
import type { ListColumn } from '../../ui/list/column.ts';
import { NameCell } from '../../ui/list/name-cell.tsx';

/** How many hold a role; leads to them where people may be seen. */
export function Holders({ role }: { role: Role }) {
  const t = useTexts('roles');
  const said = t(($) => $.held, { count: role.users_count });
  if (!useCan('users.read')) return said;
  return <Link {...paths.holders({ role: role.id })} className="roles-link">{said}</Link>;
}

/** What a role looks like in the list. */
export function useRoleColumns(open: (id: string) => void): ListColumn<Role>[] {
  const t = useTexts('roles');
  const copy = useCopyTexts();
  return [
    {
      key: 'name',
      title: t(($) => $.column.name),
      fixed: true,
      card: 'title',
      render: (role) => <NameCell name={role.name} tag={role.is_system ? t(($) => $.system) : undefined} onOpen={() => open(role.id)} {...copy} />,
    },
    { key: 'description', title: t(($) => $.column.description), render: (role) => <span className={role.description ? 'roles-purpose' : 'roles-purpose is-none'}>{role.description || '—'}</span> },
    { key: 'permissions', title: t(($) => $.column.permissions), figure: true, named: true, render: (role) => t(($) => $.of, { count: role.permissions.length, total: permissions.length }) },
    { key: 'held', title: t(($) => $.column.held), figure: true, card: 'aside', render: (role) => <Holders role={role} /> },
    { key: 'updated_at', title: t(($) => $.column.updated), card: 'none', render: (role) => (role.updated_at ? <Time at={role.updated_at} /> : '—') },
  ];
}
