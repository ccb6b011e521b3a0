import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../../../../test/app.ts';
import { startSmallIssuer, type SmallIssuer } from '../../../../test/small-issuer.ts';
import { connectionTo } from '../../../../test/sso-scene.ts';

let app: TestApp;
let issuer: SmallIssuer;
beforeAll(async () => {
  issuer = await startSmallIssuer();
  app = await createTestApp({}, { LYSS_EGRESS_ALLOW: issuer.host });
  for (const domains of [['a.example', 'b.example'], ['100x.example', 'z.example']]) {
    const admin = await app.signInAs('tenant_admin', { tenant: 'new' });
    await app.call('POST', '/api/v1/admin/single-sign-on', { as: admin, body: connectionTo(issuer.issuer, { domains }) });
  }
});
afterAll(async () => {
  await app.close();
  await issuer.close();
});

const list = async (query: string) => (await app.call('GET', `/api/v1/admin/sign-in-domains?${query}`, { as: app.owner })).body.data;
const names = async (query: string) => (await list(query)).items.map(({ domain }: { domain: string }) => domain);

describe('the operator’s list of sign-in domains', () => {
  it('is sorted and paged across tenants, each row once', async () => {
    expect(await names('sort_by=domain&sort_order=asc')).toEqual(['100x.example', 'a.example', 'b.example', 'z.example']);
    const first = await list('sort_by=domain&sort_order=desc&page_size=3&include_total=true');
    expect(first.pagination).toMatchObject({ has_next: true, total_items: 4 });
    const rest = await names(`sort_by=domain&sort_order=desc&page_size=3&cursor=${first.pagination.next_cursor}`);
    expect([...first.items.map(({ domain }: { domain: string }) => domain), ...rest]).toEqual(['z.example', 'b.example', 'a.example', '100x.example']);
    const newest = await list('page_size=1');
    expect((await names(`cursor=${newest.pagination.next_cursor}&page_size=1`)).length).toBe(1);
  });

  it('is searched by domain, tenant and workspace, with a percent sign as a letter', async () => {
    const [{ tenant }] = (await list('search=B.EXAMPLE')).items;
    expect(await names('search=B.EXAMPLE')).toEqual(['b.example']);
    expect((await names(`search=${tenant.workspace}`)).toSorted()).toEqual(['a.example', 'b.example']);
    expect(await names(`search=${encodeURIComponent('%')}`)).toEqual([]);
  });

  it('is filtered by what was decided, which approves, refuses and takes back', async () => {
    const [{ id }] = (await list('search=z.example')).items;
    const decide = async (state: string) => (await app.call('PUT', `/api/v1/admin/sign-in-domains/${id}`, { as: app.owner, body: { state } })).body.data;
    const readOne = (one: string) => app.call('GET', `/api/v1/admin/sign-in-domains/${one}`, { as: app.owner });
    expect((await readOne(id)).body.data).toMatchObject({ id, domain: 'z.example', state: 'pending' });
    expect((await readOne(crypto.randomUUID())).status).toBe(404);
    expect(await decide('approved')).toMatchObject({ domain: 'z.example', state: 'approved', decided_at: expect.any(String) });
    expect(await names('state=approved')).toEqual(['z.example']);
    await decide('refused');
    expect([await names('state=approved'), await names('state=refused')]).toEqual([[], ['z.example']]);
    expect((await names('sort_by=decided_at'))[0]).toBe('z.example');
  });
});
