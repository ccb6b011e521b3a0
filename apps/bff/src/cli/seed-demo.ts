import type { Config } from '../config.ts';
import { createContext, type Context } from '../context.ts';
import { createApp } from '../app.ts';
import { randomToken } from '../crypto/digest.ts';
import type { OpenedDatabase } from '../open-database.ts';
import { enrolOperator, releaseOperator } from './demo-operator.ts';
import { demoTenants, type DemoPerson, type DemoTenant } from './demo-people.ts';
import { createDemoClient, type DemoClient } from './demo-client.ts';
import { seedUsage } from './seed-usage.ts';

const PASSWORD_BYTES = 15;

/**
 * Fills a throwaway instance through its own API, as people would: two tenants with their people, conversations that the
 * demo supplier really answered, and a month of usage. Prints who may sign in with which random password.
 */
export async function seedDemo(database: OpenedDatabase, config: Config, say: (line: string) => void): Promise<number> {
  const context = await createContext({ ...config, LYSS_LOG_LEVEL: 'error' }, database, { rate_limits: { per_person: 1e6, per_network: 1e6 } });
  try {
    const client = createDemoClient(createApp(context), config.public_url.origin);
    const [first, ...others] = demoTenants;
    if (!first) return 1;
    const token = await context.issueSetupToken();
    if (token === null) {
      say('This instance is set up already; the demo fills only a fresh one.');
      return 1;
    }
    const rows = await foundFirst(client, first, token);
    say(`  ${first.name}: ${rows.length} people`);
    const operator = rows[0];
    if (operator) await enrolOperator(client, operator.token);
    for (const tenant of others) {
      const people = operator ? await foundTenant(client, tenant, operator) : [];
      say(`  ${tenant.name}: ${people.length} people`);
      rows.push(...people);
    }
    const total = rows.reduce((sum, { person }) => sum + person.conversations.length, 0);
    let done = 0;
    // The demo supplier writes as fast as a person reads: without a sign of life that looks like a standstill.
    const onAnswered = () => say(`  ${(done += 1)} of ${total} conversations answered`);
    await Promise.all(rows.map((row) => converse(client, context, row, onAnswered)));
    if (operator) await releaseOperator(client, context, operator.token);
    say('');
    for (const { tenant, person, password } of rows) say(`  ${tenant.name.padEnd(16)} ${person.email.padEnd(26)} ${password}   ${person.duty}`);
    return 0;
  } finally {
    await context.close();
  }
}

interface Seeded {
  tenant: DemoTenant;
  person: DemoPerson;
  password: string;
  token: string;
}

async function foundFirst(client: DemoClient, tenant: DemoTenant, token: string): Promise<Seeded[]> {
  const [admin, ...members] = tenant.people;
  if (!admin) return [];
  const password = randomToken(PASSWORD_BYTES);
  const { name, workspace, locale } = tenant;
  await client.send('POST', '/api/v1/setup', { body: { token, email: admin.email, password, name: admin.name, tenant_name: name, workspace, locale } });
  const seeded = { tenant, person: admin, password, token: await client.signIn(admin.email, password, workspace) };
  return [seeded, ...(await addMembers(client, tenant, members, seeded))];
}

async function foundTenant(client: DemoClient, tenant: DemoTenant, operator: Seeded): Promise<Seeded[]> {
  const [admin, ...members] = tenant.people;
  if (!admin) return [];
  const { name, workspace, locale, currency, time_zone } = tenant;
  const body = { name, workspace, locale, currency, time_zone, admin: { email: admin.email, name: admin.name } };
  const made = (await client.send('POST', '/api/v1/admin/tenants', { token: operator.token, body })) as { invitation: { url: string } };
  const seeded = await accept(client, tenant, admin, made.invitation.url);
  return [seeded, ...(await addMembers(client, tenant, members, seeded))];
}

async function addMembers(client: DemoClient, tenant: DemoTenant, members: DemoPerson[], admin: Seeded): Promise<Seeded[]> {
  const rows: Seeded[] = [];
  for (const person of members) {
    const body = { email: person.email, name: person.name, roles: person.roles };
    const made = (await client.send('POST', '/api/v1/admin/users', { token: admin.token, body })) as { invitation: { url: string } };
    rows.push(await accept(client, tenant, person, made.invitation.url));
  }
  return rows;
}

async function accept(client: DemoClient, tenant: DemoTenant, person: DemoPerson, url: string): Promise<Seeded> {
  const password = randomToken(PASSWORD_BYTES);
  await client.send('POST', `/api/v1/auth/invitations/${url.split('/').at(-1)}`, { body: { password, locale: tenant.locale } });
  return { tenant, person, password, token: await client.signIn(person.email, password, tenant.workspace) };
}

async function converse(client: DemoClient, context: Context, { person, token }: Seeded, onAnswered: () => void): Promise<void> {
  for (const questions of person.conversations) {
    const { id } = (await client.send('POST', '/api/v1/chat/conversations', { token, body: {} })) as { id: string };
    for (const content of questions) await client.send('POST', `/api/v1/chat/conversations/${id}/replies`, { token, body: { content, model: 'lyss-demo' } });
    onAnswered();
  }
  const me = (await client.send('GET', '/api/v1/auth/me', { token })) as { id: string; tenant: { id: string; currency: string } };
  await seedUsage(context.tenancy, { tenant_id: me.tenant.id, user_id: me.id, currency: me.tenant.currency });
}
