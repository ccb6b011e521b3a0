import type { DomainState, SignInDomain } from '@lyss/api-types';
import type { Tenancy, TenantDb } from '../../../db/tenancy.ts';
import type { AskedDomain } from './append-decision.ts';

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

const describe = ({ tenant_id, tenant_name, workspace, requested_at, decided_at, ...row }: DomainRow): SignInDomain => ({
  ...row,
  tenant: { id: tenant_id, name: tenant_name, workspace },
  requested_at: new Date(requested_at).toISOString(),
  decided_at: decided_at === null ? null : new Date(decided_at).toISOString(),
});

/** What tenants ask for, those to be decided first. */
export async function listDomains(tenancy: Tenancy): Promise<SignInDomain[]> {
  return (await tenancy.lookUp<DomainRow>('select * from list_sign_in_domains(null)', [])).map(describe);
}

/** Whose a domain is by now; null where nobody asks for it any more. */
export async function findDomainsTenant(tenancy: Tenancy, id: string): Promise<string | null> {
  return (await tenancy.lookUp<DomainRow>('select tenant_id from list_sign_in_domains($1)', [id]))[0]?.tenant_id ?? null;
}

/** Held until the transaction ends; undefined where it was taken back meanwhile. */
export function lockDomain(db: TenantDb, id: string): Promise<AskedDomain | undefined> {
  return db.selectFrom('sso_domains').select(['id', 'domain', 'state']).where('id', '=', id).forUpdate().executeTakeFirst();
}

export async function getDomain(db: TenantDb, id: string): Promise<SignInDomain> {
  const row = await db
    .selectFrom('sso_domains as d')
    .innerJoin('sso_connections as c', (on) => on.onRef('c.id', '=', 'd.connection_id').onRef('c.tenant_id', '=', 'd.tenant_id'))
    .innerJoin('tenants as t', 't.id', 'd.tenant_id')
    .select(['d.id', 'd.domain', 'd.state', 'd.created_at as requested_at', 'd.decided_at', 't.id as tenant_id', 't.name as tenant_name', 't.workspace', 'c.sso_only'])
    .where('d.id', '=', id)
    .executeTakeFirstOrThrow();
  return describe(row);
}
