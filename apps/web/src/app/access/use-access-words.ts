import { systemRoles, type Permission } from '@lyss/api-types/permission';
import { useTexts } from '../i18n/use-texts.ts';
import { keyOf, type Noun } from './permission-key.ts';

/** What roles and permissions are called, in the person's language. The route loads `access` beside the feature's own texts. */
export function useAccessWords() {
  const t = useTexts('access');
  return {
    /** A system role has a name of ours, one of the tenant's own has theirs. */
    role: ({ id, name }: { id: string; name: string }): string => {
      const system = systemRoles.find((role) => role === id);
      return system ? t(($) => $.role[system]) : name;
    },
    /** What a system role is for; empty for one of the tenant's own, which has its own description. */
    roleLine: (id: string): string => {
      const system = systemRoles.find((role) => role === id);
      return system ? t(($) => $.role_line[system]) : '';
    },
    noun: (noun: Noun): string => t(($) => $.noun[noun]),
    permission: (permission: Permission): string => t(($) => $.name[keyOf(permission)]),
    line: (permission: Permission): string => t(($) => $.line[keyOf(permission)]),
  };
}
export type AccessWords = ReturnType<typeof useAccessWords>;
