import type { UsageGroup } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { supplierName } from '../../app/supplier-name.ts';

const SHORT = 8;
const surfaces = ['chat', 'gateway', 'playground', 'workflow'] as const;
const outcomes = ['complete', 'stopped', 'interrupted', 'failed'] as const;

/** What things of usage are called; what is gone keeps the beginning of its id. */
export function useUsageWords() {
  const t = useTexts('usage');
  const surface = (key: string) => {
    const known = surfaces.find((name) => name === key);
    return known ? t(($) => $.surface[known]) : key;
  };
  const person = (id: string, name: string | null) => name ?? t(($) => $.gone.person, { id: id.slice(0, SHORT) });
  const key = (id: string, name: string | null) => name ?? t(($) => $.gone.key, { id: id.slice(0, SHORT) });
  return {
    surface,
    person,
    key,
    outcome: (name: string) => {
      const known = outcomes.find((outcome) => outcome === name);
      return known ? t(($) => $.outcome[known]) : name;
    },
    /** One of a group; null is what came without a key. */
    name: (group: UsageGroup, id: string | null, name: string | null): string => {
      if (id === null) return t(($) => $.no_key);
      return { model: () => id, supplier: () => supplierName(id), surface: () => surface(id), person: () => person(id, name), key: () => key(id, name) }[group]();
    },
  };
}
