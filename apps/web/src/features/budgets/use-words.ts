import type { Budget } from '@lyss/api-types';
import { useAccessWords } from '../../app/access/use-access-words.ts';
import { useTexts } from '../../app/i18n/use-texts.ts';

/** What a budget is about, and whose calls it counts together, in words. */
export function useWords() {
  const t = useTexts('budgets');
  const words = useAccessWords();
  const aboutOf = ({ scope, subject, per }: Pick<Budget, 'scope' | 'subject' | 'per'>) => {
    const name = subject === null ? t(($) => $.all_of[scope]) : scope === 'role' ? words.role({ id: subject.value, name: subject.name }) : subject.name;
    return subject === null && scope !== 'tenant' ? name : per === 'together' ? name : t(($) => $.about, { name, per: t(($) => $.per[per]) });
  };
  return { aboutOf, roleOf: words.role };
}
