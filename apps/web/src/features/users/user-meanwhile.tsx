import type { User } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { Meanwhile } from '../../app/list/meanwhile.tsx';
import type { Overtaken } from '../../app/list/use-basis.ts';
import { useRoleNames } from './use-own-roles.ts';

/** What somebody else changed of a person while they were being changed here. */
export function UserMeanwhile({ overtaken }: { overtaken: Overtaken<User> | null }) {
  const t = useTexts('users');
  const nameRoles = useRoleNames();
  if (!overtaken) return <Meanwhile changes={[]} />;
  const { from, to } = overtaken;
  return (
    <Meanwhile
      changes={[
        [t(($) => $.column.name), from.name, to.name],
        [t(($) => $.column.roles), nameRoles(from), nameRoles(to)],
        [t(($) => $.column.status), t(($) => $.status[from.status]), t(($) => $.status[to.status])],
      ]}
    />
  );
}
