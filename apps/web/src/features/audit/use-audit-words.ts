import { useTexts } from '../../app/i18n/use-texts.ts';
import { keyOf, nouns, resourceTypes } from './actions.ts';

/** What the trail's names are called, in the person's language; a name that this console does not know is shown as it is. */
export function useAuditWords() {
  const t = useTexts('audit');
  return {
    action: (name: string): string => {
      const key = keyOf(name);
      return key === undefined ? name : t(($) => $.action[key]);
    },
    noun: (name: string): string => {
      const noun = nouns.find((known) => known === name);
      return noun === undefined ? name : t(($) => $.noun[noun]);
    },
    resource: (name: string): string => {
      const type = resourceTypes.find((known) => known === name);
      return type === undefined ? name : t(($) => $.resource[type]);
    },
  };
}
