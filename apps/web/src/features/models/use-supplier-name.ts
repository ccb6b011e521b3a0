import { useQuery } from '@tanstack/react-query';
import type { ProviderId } from '@lyss/api-types';
import { useLanguage } from '../../app/i18n/use-texts.ts';
import { useCan } from '../../session/session-store.ts';
import { supplierKinds } from './api.ts';

/** The suppliers by their names in the reader's language; none, and ids alone, for whoever may not see them. */
export function useSuppliers() {
  const locale = useLanguage();
  const { data } = useQuery({ ...supplierKinds, enabled: useCan('suppliers.read') });
  const choices = data?.items.map(({ provider, name }) => ({ value: provider, label: name[locale] })) ?? [];
  return { choices, nameOf: (provider: ProviderId): string => choices.find(({ value }) => value === provider)?.label ?? provider };
}
