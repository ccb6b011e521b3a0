import { readdirSync } from 'node:fs';
import { readContractFields } from '../canary/contract-fields.ts';
import { readDump, withDatabase, type Dump } from '../canary/dump.ts';
import { readLogs, readMetrics, readStoredTexts, takeApart, type Gathered } from '../canary/gather.ts';
import { harvest } from '../canary/harvest.ts';
import { describeLeak, judge } from '../canary/judge.ts';
import { findUnnamed, findUnplanted, plainColumns, plainFields, secretColumns, secretFields } from '../canary/kinds.ts';
import { exportAudit, exportTenant, markMetrics, newSentinel, plantSecrets, sayInStream, storeInBrowser, writeToLogs } from '../canary/plant.ts';
import type { Secret } from '../canary/search.ts';
import { places, shown } from '../canary/shown.ts';
import { keepStored } from '../canary/stored.ts';
import { Api } from '../api.ts';
import { foundTenant } from '../data/found-tenant.ts';
import { wires } from '../stack.ts';
import { expect, test } from '../test.ts';
import { answered } from '../watch.ts';
import { readExchanges, type Exchange } from '../wire/exchange.ts';

/** The kinds of secret, and which of them this run had. */
function assertAllPlanted(ran: ReadonlySet<string>, dump: Dump, planted: ReadonlySet<string>): void {
  expect(findUnnamed(dump.columns, secretColumns, plainColumns), 'every column that may hold a secret is known').toEqual([]);
  expect(findUnnamed(readContractFields(), secretFields, plainFields), 'every field that may hold a secret is known').toEqual([]);
  expect(findUnplanted(ran, dump, planted), 'every kind of secret is planted').toEqual([]);
}

function sortAnswers(exchanges: readonly Exchange[]): Pick<Gathered, 'answers' | 'streams'> {
  const parts = exchanges.flatMap(takeApart);
  return { answers: parts.filter(({ place }) => place === 'answers'), streams: parts.filter(({ place }) => place === 'streams') };
}

/** Files of which the search must see the inside, and logs of each kind. */
const looked_into = ['GET /api/v1/admin/tenant/exports/{id}/file 200 body, opened', 'export_pieces.bytes, opened', 'import_pieces.bytes, opened', 'tenant.tar.gz, opened', 'e2e-server.log', 'postgres/postgres.log', 'kept canary.log'];

test('no secret of the whole run lies in a log, an answer, a stream, the database, a browser, the metrics or an export', async ({ page, context, admin, founder, playwright, run, request, watch }) => {
  const person = newSentinel();
  const sentinel: Secret = { kind: 'sentinel', bytes: Buffer.from(person.name) };
  const planted = await plantSecrets({ admin: admin.api, request, url: run.url, supplier_url: run.supplier_url, person });
  await sayInStream(admin.api, person.name);
  watch.declare(answered(401));
  await page.goto(planted.link);
  await storeInBrowser(page, person.name);
  await keepStored(context);
  await writeToLogs(run.data_dir, person.name);
  const empty = (await foundTenant(founder, playwright.request, run.url, 'en-US')).admin.request;
  const exports = [...(await exportAudit(admin.api, context.request, run.url)), await exportTenant(admin.api, new Api(empty, run.url), context.request, run.url)];
  const counted: Secret = { kind: 'sentinel', bytes: Buffer.from(await markMetrics(request, run.url, run.metrics_url)) };
  const dump = await withDatabase(run.data_dir, (client) => readDump(client, run.data_dir));
  const exchanges = readExchanges(wires);
  const gathered: Gathered = {
    ...sortAnswers(exchanges),
    logs: readLogs(run.data_dir),
    dump: dump.texts,
    storage: readStoredTexts(),
    metrics: await readMetrics(request, run.metrics_url),
    exports,
  };
  const secrets = [...harvest(exchanges), ...dump.secrets, ...planted.secrets, { kind: 'SMTP password', bytes: Buffer.from(run.smtp_password) }];
  const kinds = new Set(secrets.map(({ kind }) => kind));
  assertAllPlanted(new Set(run.is_whole ? readdirSync(import.meta.dirname) : []), dump, kinds);
  const { leaks, seen } = judge(gathered, [...secrets, sentinel, counted]);
  expect(places.filter((place) => !leaks.some((leak) => leak.kind === 'sentinel' && leak.place === place)), 'the search sees in every place').toEqual([]);
  expect(looked_into.filter((where) => !leaks.some((leak) => leak.kind === 'sentinel' && leak.where === where)), 'the search sees into archives and every kind of log').toEqual([]);
  if (run.is_whole) expect(gathered.logs.filter(({ where }) => /^kept .*postgres/.test(where)).length, 'the databases of servers that journeys started have left their logs').toBeGreaterThan(0);
  await empty.dispose();
  expect(leaks.filter(({ kind }) => kind !== 'sentinel').map(describeLeak), 'no secret lies anywhere').toEqual([]);
  expect(shown.filter((showing) => kinds.has(showing.kind) && seen.get(showing) === 0), 'whatever is shown by design is still shown').toEqual([]);
});
