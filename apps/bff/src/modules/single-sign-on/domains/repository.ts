import type { DomainState, SignInDomain } from '@lyss/api-types';
import type { Tenancy } from '../../../db/tenancy.ts';

interface DomainRow {
  id: string;
  domain: string;
  state: DomainState;
  requested_at: Date | string;
  decided_at: Date | string | null;
  tenant_id: string;
  tenant_name: string;
  workspace: string;
  sso_only: boolean;
}

/** What tenants ask for, those to be decided first; `id`: that one alone. */
export async function listDomains(tenancy: Tenancy, id: string | null): Promise<SignInDomain[]> {
  const rows = await tenancy.lookUp<DomainRow>('select * from list_sign_in_domains($1)', [id]);
  return rows.map(({ tenant_id, tenant_name, workspace, requested_at, decided_at, ...row }) => ({
    ...row,
    tenant: { id: tenant_id, name: tenant_name, workspace },
    requested_at: new Date(requested_at).toISOString(),
    decided_at: decided_at === null ? null : new Date(decided_at).toISOString(),
  }));
}
