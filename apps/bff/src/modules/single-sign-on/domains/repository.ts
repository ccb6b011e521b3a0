import type { DomainsQuery, DomainState, SignInDomain } from '@lyss/api-types';
import { sql } from 'kysely';
import { escapeLike, listPage } from '../../../db/list.ts';
import type { PlatformDb, Tenancy, TenantDb } from '../../../db/tenancy.ts';
import type { AskedDomain } from './append-decision.ts';

interface DomainRow {
  id: string;
  domain: string;
  state: DomainState;
  requested_at: string;
  decided_at: string | null;
  tenant_id: string;
  tenant_name: string;
  workspace: string;
  sso_only: boolean;
}

const describe = ({ tenant_id, tenant_name, workspace, ...row }: DomainRow): SignInDomain => ({ ...row, tenant: { id: tenant_id, name: tenant_name, workspace } });

/** What tenants ask for, by domain or tenant and by what was decided. All of them pass the door, at most fifty of each tenant. */
export async function listDomains(db: PlatformDb, { state, search, ...window }: DomainsQuery) {
  let domains = db.selectFrom(sql<DomainRow & { created_at: string }>`(select *, requested_at as created_at from list_sign_in_domains(null))`.as('domains')).selectAll();
  if (state) domains = domains.where('state', '=', state);
  if (search) {
    const like = `%${escapeLike(search)}%`;
    domains = domains.where((or) => or.or([or('domain', 'ilike', like), or('tenant_name', 'ilike', like), or('workspace', 'ilike', like)]));
  }
  const { items, pagination } = await listPage(domains, window);
  return { items: items.map(({ created_at: _created_at, ...row }) => describe(row)), pagination };
}

/** A domain of whichever tenant's; null where nobody asks for it any more. */
export async function findDomainAnywhere(tenancy: Tenancy, id: string): Promise<SignInDomain | null> {
  const [row] = await tenancy.lookUp<DomainRow>('select * from list_sign_in_domains($1)', [id]);
  return row ? describe(row) : null;
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
