import type { GatewayPorts } from './ports.ts';

/** What calls show of credentials, told only where it may change what is said of them: a failure, and the first success after one. */
export function pickNews(record: GatewayPorts['recordOutcome']): GatewayPorts['recordOutcome'] {
  const failing = new Set<string>();
  return async (tenant_id, credential_id, outcome) => {
    if (outcome.ok ? !failing.delete(credential_id) : false) return;
    if (!outcome.ok) failing.add(credential_id);
    await record(tenant_id, credential_id, outcome);
  };
}
