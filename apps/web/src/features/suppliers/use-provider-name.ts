import { useQuery } from '@tanstack/react-query';
import type { ProviderId } from '@lyss/api-types';
import { useLanguage } from '../../app/i18n/use-texts.ts';
import { availableSuppliers } from './api.ts';

/** Names suppliers in the reader's language; by id until the catalogue is there. */
export function useProviderName(): (provider: ProviderId) => string {
  const locale = useLanguage();
  const { data } = useQuery(availableSuppliers);
  return (provider) => data?.items.find((kind) => kind.provider === provider)?.name[locale] ?? provider;
}
