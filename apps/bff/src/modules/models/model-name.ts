import { providerIds, type ProviderId } from '@lyss/api-types';

/** `azure/gpt-5` as the supplier and its own name for the model; null where no supplier of ours stands before the first slash. */
export function splitPinned(name: string): { provider: ProviderId; model: string } | null {
  const slash = name.indexOf('/');
  const provider = providerIds.find((known) => known === name.slice(0, slash));
  return provider && slash < name.length - 1 ? { provider, model: name.slice(slash + 1) } : null;
}

export function pin(provider: ProviderId, model: string): string {
  return `${provider}/${model}`;
}
