import type { SsoCall, SsoPorts } from '../ports.ts';

/** The issuer as it calls itself, and where its tokens come from. Counted: it is a call to a host of the caller's choice. Throws 1005, 4004, 4005. */
export async function findPlace({ provider, trials }: SsoPorts, { actor, caller }: SsoCall, issuer: string): Promise<{ issuer: string; token_origin: string }> {
  await trials.take(actor.tenant_id);
  const found = await provider.readMetadata(issuer, caller.request_id);
  return { issuer: found.issuer, token_origin: new URL(found.token_endpoint).origin };
}

export const isSameIssuer = (given: string, saved: string): boolean => URL.parse(given)?.href === new URL(saved).href;
