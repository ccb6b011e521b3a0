import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { request } from '@playwright/test';
import { Api } from './api.ts';
import { enrolPasskey } from './data/passkey.ts';
import { keepRun, type Run } from './run.ts';
import { findFreePort, reports } from './spawn-process.ts';
import { startMail, startServer, startSupplier, type Server } from './stack.ts';

/** Starts the supplier, the mail server and the server that all tests share, sets the platform up, and answers how to stop them. */
export default async function startRun(): Promise<() => Promise<void>> {
  // The canary searches what this run leaves behind, and not an earlier one.
  for (const left of ['e2e/canary', 'logs/e2e-server.log']) rmSync(join(reports, left), { recursive: true, force: true });
  const supplier = await startSupplier();
  const mail = await startMail();
  const provider_port = await findFreePort();
  const server = await startServer({ egress_allow: `${supplier.egress_allow},127.0.0.1:${provider_port}`, smtp_url: mail.smtp_url });
  const stop = async () => {
    await server.stop();
    await supplier.stop();
    await mail.stop();
  };
  try {
    const operator = await setUp(server);
    const { url, data_dir, metrics_url } = server;
    // What picks tests by name or file; Playwright tells nobody.
    const is_whole = !process.argv.some((argument) => /\.spec|^-g|^--(grep|last-failed|shard|only-changed)/.test(argument));
    keepRun({ url, is_whole, data_dir, metrics_url, smtp_password: mail.password, supplier_url: supplier.url, dead_url: supplier.dead_url, provider_port, mail_url: mail.url, operator });
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}

/** Makes the platform's own tenant and its operator with the link that the first start printed. */
async function setUp({ url, setup_link }: Server): Promise<Run['operator']> {
  const operator = { email: 'olga@platform.example', password: `quiet rivers ${randomUUID()}` };
  const context = await request.newContext();
  const api = new Api(context, url);
  await api.call('setup.complete', {
    body: { token: readSetupToken(setup_link()), ...operator, name: 'Olga Operator', tenant_name: 'Platform', workspace: 'platform', locale: 'en-US' },
  });
  // An operator makes tenants with a second factor alone.
  const passkey = await enrolPasskey(api, new URL(url).origin);
  await context.dispose();
  return { ...operator, passkey };
}

function readSetupToken(link: string | null): string {
  const token = new URL(link ?? '').hash.replace('#token=', '');
  if (token === '') throw new Error(`no token in ${link}`);
  return token;
}
