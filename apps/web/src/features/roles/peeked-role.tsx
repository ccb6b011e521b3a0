import type { ReactNode } from 'react';
import type { Role } from '@lyss/api-types';
import { systemRoles } from '@lyss/api-types/permission';
import { groupByNoun } from '../../app/access/permission-key.ts';
import { useAccessWords } from '../../app/access/use-access-words.ts';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { PeekedRow } from '../../app/list/peeked-row.tsx';
import { Time } from '../../app/list/time.tsx';
import { useCopyTexts } from '../../app/list/use-copy-texts.ts';
import { useMe } from '../../session/session-store.ts';
import { Copyable } from '../../ui/copyable.tsx';
import type { RowAction } from '../../ui/list/column.ts';
import { Facts } from '../../ui/list/peek-panel.tsx';
import { oneRole } from './api.ts';
import { lockRole } from './locks.ts';
import { WhoHas } from './permission-list.tsx';
import { Holders } from './role-columns.tsx';

interface PeekedRoleProps {
  id: string;
  list: { rows: readonly Role[] | undefined; open: (id: string) => void };
  actions: (role: Role) => RowAction[];
  /** Something lies over the peek and takes the keys. */
  busy: boolean;
}

// The system's own are never changed, and leave no trail.
const trailOf = (id: string) => (systemRoles.some((role) => role === id) ? {} : { trail: { type: 'role' } });

/** One role beside the list. */
export function PeekedRole(props: PeekedRoleProps) {
  const t = useTexts('roles');
  const words = useAccessWords();
  const texts = { title: t(($) => $.title), gone: t(($) => $.peek.gone), previous: t(($) => $.peek.previous), next: t(($) => $.peek.next) };
  return <PeekedRow {...props} one={oneRole(props.id)} texts={texts} heading={words.role} {...trailOf(props.id)}>{(role) => <RoleFacts role={role} />}</PeekedRow>;
}

function RoleFacts({ role }: { role: Role }) {
  const t = useTexts('roles');
  const copy = useCopyTexts();
  const words = useAccessWords();
  const lock = lockRole(role, useMe().permissions);
  const facts: [string, ReactNode][] = [[t(($) => $.column.description), role.description || words.roleLine(role.id) || '—'], [t(($) => $.column.held), <Holders key="held" role={role} />]];
  if (role.created_at) facts.push([t(($) => $.peek.created), <Time key="created" at={role.created_at} />]);
  if (role.updated_at) facts.push([t(($) => $.column.updated), <Time key="updated" at={role.updated_at} />]);
  facts.push([t(($) => $.peek.id), <Copyable key="id" text={role.id} mono {...copy} />]);
  return (
    <>
      {lock === null ? null : <p className="roles-note">{t(($) => $.lock[lock])}</p>}
      <Facts facts={facts} />
      <h3 className="roles-heading">{t(($) => $.peek.can)}</h3>
      {role.permissions.length === 0 ? <p>{t(($) => $.peek.none)}</p> : null}
      {groupByNoun(role.permissions).map(({ noun, permissions }) => (
        <ul key={noun} className="roles-granted" aria-label={words.noun(noun)}>
          {permissions.map((permission) => (
            <li key={permission}>
              <span>{words.permission(permission)}<small>{words.line(permission)}</small></span>
              <WhoHas permission={permission}>{t(($) => $.who_has)}</WhoHas>
            </li>
          ))}
        </ul>
      ))}
    </>
  );
}
