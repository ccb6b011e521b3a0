import { contract, listEndpoints, type Endpoint, type EndpointId } from '@lyss/api-types';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import type { Answer } from '../app.ts';
import { cases, type Sent } from '../contract-cases.ts';
import { countCells, IDS_AT_LEAST, listCarriers, listPlaces, takesIdempotencyKey } from './isolation-cells.ts';
import { exempt, unproved } from './isolation-exempt.ts';
import { has, listFields, put, randomizeLike, type Field } from './isolation-fields.ts';
import { createIsolationScene, isForOperators, MARK, type Carrier, type IsolationScene, type Side } from './isolation-scene.ts';

// How often somebody may try is another test's matter: thousands of requests here are two people's.
vi.mock('rate-limiter-flexible', async (load) => {
  const real = await load<typeof import('rate-limiter-flexible')>();
  class Generous extends real.RateLimiterMemory {
    constructor(options: ConstructorParameters<typeof real.RateLimiterMemory>[0]) {
      super({ ...options, points: 1_000_000 });
    }
  }
  return { ...real, RateLimiterMemory: Generous, RateLimiterPostgres: Generous };
});

/** What is used up by a refusal as well: a sign-in at a provider, or by a passkey alone, is over with its first answer. */
const overAtOnce: ReadonlySet<string> = new Set(['sso.finish', 'sso.finishTest', 'secondStep.passkey']);

const EXEMPT = new Set(Object.keys(exempt));
const endpoints = listEndpoints();
const SET_UP_ALREADY = 409;
const REFUSED = 403;
const NOT_FOUND = 404;

let scene: IsolationScene;
let before: string;
beforeAll(async () => {
  scene = await createIsolationScene();
  before = await scene.dumpTheirs();
}, 120_000);
afterAll(() => scene.close());

const covered = new Map<string, number>();
/** Endpoint, place and carrier of what was compared. */
const walked = new Set<string>();
const leaks: string[] = [];

/** One endpoint as one caller sees it, with requests that would succeed made anew whenever one has been used up. */
interface Bench {
  id: string;
  endpoint: Endpoint;
  side: Side;
  carrier: Carrier;
  fields: Field[];
  /** Sends the case as `change` makes it; counted as a cell unless it is only what a cell is compared with. */
  ask(what: string, change: (sent: Sent) => Sent, sentValues: string[]): Promise<string>;
}

async function openBench(id: string, endpoint: Endpoint, carrier: Carrier): Promise<Bench> {
  // What is for everybody is asked of the platform as it is; an operator's view is their own tenant's.
  const side = isForOperators(endpoint) || endpoint.permission === 'public' ? scene.operator : scene.ours;
  const make = async () => cases[id as EndpointId](side.view);
  const words = listWords(endpoint);
  let sent = await make();
  return {
    ...{ id, endpoint, side, carrier, fields: listFields(endpoint) },
    async ask(what, change, sentValues) {
      const answer = await scene.send(endpoint, change(sent), carrier, side);
      const text = textOf(answer);
      const isTold = (mark: string) => isForOperators(endpoint) && scene.askedOfOperators.has(mark);
      for (const [mark] of text.matchAll(MARK)) if (scene.secrets.has(mark) && !isTold(mark)) leaks.push(`${id}, ${what}, ${carrier}: ${mark} in ${text.slice(0, 400)}`);
      if ((answer.status < 400 && endpoint.effect === 'write') || overAtOnce.has(id)) {
        await scene.cancelExports();
        sent = await make();
      }
      return describeAnswer(answer, text, sentValues, words);
    },
  };
}

const textOf = ({ body }: Answer) => (typeof body === 'string' ? body : JSON.stringify({ ...body, timestamp: 'now' }));

/** The closed sets of what an endpoint may say, such as `not_found`. */
const listWords = ({ data }: Endpoint) => new Set([...JSON.stringify(z.toJSONSchema(data, { unrepresentable: 'any', io: 'output' })).matchAll(/"(?:enum":\[[^\]]*\]|const":"[^"]*")/g)].flatMap(([text]) => text.match(/[a-z][\w.]*(?=")/gi) ?? []));

/** A refusal to the byte, but for the value that was sent; of a success its shape and its words, for its ids and times are new. */
function describeAnswer({ status, headers, body }: Answer, text: string, sentValues: string[], words: ReadonlySet<string>): string {
  if (status < 400) return `${status} ${typeof body === 'string' ? 'a text' : JSON.stringify(shapeOf(body, words))}`;
  const told = sentValues.reduce((rest, value) => rest.replaceAll(JSON.stringify(value).slice(1, -1), '«sent»'), text);
  return `${status} ${JSON.stringify([...headers])} ${told}`;
}

function shapeOf(value: unknown, words: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((inner) => shapeOf(inner, words));
  if (typeof value === 'string' && words.has(value)) return `word ${value}`;
  if (typeof value !== 'object' || value === null) return value === null || typeof value === 'boolean' ? value : typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shapeOf(inner, words)]));
}

type Change = (value: string) => (sent: Sent) => Sent;

/** The cells of one place: each foreign value there is answered as a random one of the same form. */
async function compare(bench: Bench, what: string, change: Change, foreign: readonly string[], also: string[] = []): Promise<void> {
  const baselines = new Map<string, string>();
  for (const value of foreign) {
    const random = randomizeLike(value);
    const form = random.replace(/[a-z0-9]/gi, 'x');
    const baseline = baselines.get(form) ?? (await bench.ask(`${what} at random`, change(random), [random, ...also]));
    baselines.set(form, baseline);
    const answer = await bench.ask(what, change(value), [value, ...also]);
    expect(answer, `${bench.id}, ${what} = ${value}, by ${bench.carrier}`).toBe(baseline);
    count(bench, what);
  }
}

function count({ id, carrier }: Bench, what: string): void {
  covered.set(id, (covered.get(id) ?? 0) + 1);
  walked.add(`${id} ${what} ${carrier}`);
}

/** What a request needs besides to mean anything, or to be over soon: a message that is made anew brings no content. */
const companions: Record<string, (body: object, value: string) => object> = {
  'chat.startReply body regenerate': (body) => ({ ...body, content: undefined }),
  'chat.startReply body content': (body, value) => ({ ...body, content: `demo:echo ${value}` }),
  'chat.startReply body content.[].text': (body, value) => ({ ...body, content: [{ type: 'text', text: `demo:echo ${value}` }] }),
};

const changeOf = (bench: Bench, field: Field): Change => (value) => (sent) => {
  const changed = put(sent, field, value);
  const complete = companions[`${bench.id} ${field.name}`];
  return complete ? { ...changed, body: complete(changed.body as object, value) } : changed;
};
const isExempt = ({ id }: Bench, { name }: Field) => EXEMPT.has(`${id} ${name}`);

/** Every id of theirs, the right kind first. A tenant's own is not foreign to an operator, who manages it; whatever is inside is. */
function idsOf({ id, endpoint }: Bench, { part }: Field): string[] {
  const ids = part === 'params' ? [...Object.values(scene.theirParams.get(id) ?? {}), ...scene.theirs.ids] : scene.theirs.ids;
  return isForOperators(endpoint) ? ids.filter((each) => each !== scene.theirs.admin.tenant_id) : ids;
}

async function proveOwn(bench: Bench): Promise<void> {
  const { id, endpoint, carrier } = bench;
  const expected = id === 'setup.complete' ? SET_UP_ALREADY : carrier === 'key' && endpoint.carriers === 'session' ? REFUSED : endpoint.status;
  expect(Number((await bench.ask('ours', (sent) => sent, [])).slice(0, 3)), `${id}, what is ours, by ${carrier}`).toBe(expected);
  count(bench, 'ours');
}

/** What is not there, and so what is foreign, is 404 where the path names it; a key is refused before anything is looked at. */
async function proveAbsent({ id, endpoint, carrier, ask }: Bench, change: Change): Promise<void> {
  const random = crypto.randomUUID();
  const expected = carrier === 'key' && endpoint.carriers === 'session' ? REFUSED : NOT_FOUND;
  expect(Number((await ask('an id of nothing', change(random), [random])).slice(0, 3)), `${id}, an id of nothing, by ${carrier}`).toBe(expected);
}

async function proveFields(bench: Bench): Promise<void> {
  for (const field of bench.fields) {
    if (isExempt(bench, field)) continue;
    if (field.name === 'query cursor') await proveCursor(bench);
    else if (field.is_id) await compare(bench, field.name, changeOf(bench, field), idsOf(bench, field));
    else await compare(bench, field.name, changeOf(bench, field), [scene.takeText(field.isFit)]);
    if (field.is_id && field.part === 'params') await proveAbsent(bench, changeOf(bench, field));
    if (field.is_id && field.part !== 'params' && bench.carrier === 'script') await proveMeaning(bench, field);
  }
}

/** Some id of ours is answered otherwise than a random one: so the field is looked up, and not just ignored. */
async function proveMeaning(bench: Bench, field: Field): Promise<void> {
  const change = changeOf(bench, field);
  const random = crypto.randomUUID();
  const baseline = await bench.ask('at random', change(random), [random]);
  // The case names what is right here, where it names anything; else whatever is ours is tried.
  let isGiven = false;
  const given = await bench.ask('ours', (sent) => ((isGiven = has(sent, field)), sent), []);
  if (isGiven && given !== baseline) return;
  for (const own of [...bench.side.ids, 'isolation']) if ((await bench.ask('ours', change(own), [own])) !== baseline) return;
  expect(Object.keys(unproved), `nothing of ours means anything as ${bench.id} ${field.name}: Estate lacks what it names`).toContain(`${bench.id} ${field.name}`);
}

/** A cursor of theirs leads where one of the same place with a random id does: it holds a place, not a right. */
async function proveCursor(bench: Bench): Promise<void> {
  const { item, next_cursor } = scene.theirPages.get(bench.id) ?? { item: {}, next_cursor: null };
  const sort_by = Object.keys(item).find((name) => name === 'at' || name === 'last_message_at' || name === 'last_used_at') ?? 'created_at';
  const write = (id: string) => Buffer.from(JSON.stringify([sort_by, 'desc', item[sort_by] ?? null, id])).toString('base64url');
  const cursors = [...(next_cursor === null ? [] : [next_cursor]), write(item['id'] ?? scene.theirs.admin.user_id)];
  for (const cursor of cursors) {
    const same = Buffer.from(cursor, 'base64url').toString().replace(MARK, () => crypto.randomUUID());
    const random = Buffer.from(same).toString('base64url');
    const follow = (value: string) => bench.ask('query cursor', (sent) => ({ ...sent, query: { ...sent.query, cursor: value } }), [value]);
    expect(await follow(cursor), `${bench.id}, their cursor, by ${bench.carrier}`).toBe(await follow(random));
    count(bench, 'query cursor');
  }
}

/** Foreign parents with our children and theirs, and with what a header says of the version or the place in the stream. */
async function proveMixed(bench: Bench): Promise<void> {
  const parent = bench.fields.find((field) => field.part === 'params' && field.is_id);
  const theirs = scene.theirParams.get(bench.id) ?? {};
  const [named, ...more] = Object.values(theirs);
  if (!parent || named === undefined) return;
  const whole: Change = (value) => (sent) => ({ ...sent, params: value === named ? theirs : Object.fromEntries(Object.keys(theirs).map((name) => [name, crypto.randomUUID()])) });
  if (more.length > 0) await compare(bench, 'the whole path', whole, [named]);
  const [mine = '', other = ''] = [bench.side.ids.at(-1), scene.theirs.ids.at(-1)];
  for (const child of bench.fields.filter((field) => field.is_id && field !== parent)) {
    for (const value of [mine, other]) await compare(bench, `${parent.name} with ${child.name} = ${value}`, (id) => (sent) => put(changeOf(bench, child)(value)(sent), parent, id), [named], [value]);
  }
  const versions = bench.endpoint.method === 'GET' ? [] : ['"1"', '"2"'].map((version) => ({ 'if-match': version }));
  const places = bench.endpoint.kind === 'stream' ? ['0', '1', '999999999'].map((seq) => ({ 'last-event-id': seq })) : [];
  for (const headers of [...versions, ...places]) await compare(bench, `${parent.name} with ${JSON.stringify(headers)}`, (id) => (sent) => put({ ...sent, headers: { ...sent.headers, ...headers } }, parent, id), [named]);
}

/** An Idempotency-Key is its person's: one that they have used is as new as any. */
async function proveIdempotency(bench: Bench): Promise<void> {
  if (!takesIdempotencyKey(bench.endpoint)) return;
  await compare(bench, 'Idempotency-Key', (key) => (sent) => ({ ...sent, headers: { ...sent.headers, 'idempotency-key': key } }), [scene.takeIdempotencyKey()]);
}

describe('isolation: a foreign id is answered as a random one', () => {
  it.each(endpoints)('%s', async (id, endpoint) => {
    const carriers = listCarriers(endpoint);
    for (const carrier of carriers) {
      await scene.cancelExports();
      const bench = await openBench(id, endpoint, carrier);
      await proveOwn(bench);
      for (const prove of [proveFields, proveMixed, proveIdempotency]) await prove(bench);
    }
    const places = listPlaces(id, endpoint, EXEMPT).flatMap(({ name }) => carriers.map((carrier) => `${id} ${name} ${carrier}`));
    expect(places.filter((place) => !walked.has(place)), 'places of isolation-cells.txt that nobody walked').toEqual([]);
    expect(covered.get(id)).toBeGreaterThanOrEqual(countCells(id, endpoint, EXEMPT));
  }, 60_000);

  it('and a file that is made of a filter that names them has no line', async () => {
    const { startExport, readExport, downloadExport } = contract.audit;
    const { ours, theirs } = scene;
    const ask = (endpoint: Endpoint, sent: Sent) => scene.send(endpoint, { as: ours.admin, ...sent }, 'script', ours);
    const download = async (filters: object): Promise<string> => {
      const { id } = (await ask(startExport, { body: { format: 'jsonl', ...filters } })).body.data;
      await expect.poll(async () => (await ask(readExport, { params: { id } })).body.data.state, { timeout: 20_000 }).toBe('ready');
      return (await ask(downloadExport, { params: { id } })).body;
    };
    await scene.cancelExports();
    for (const filter of [{ actor_user_id: theirs.admin.user_id }, { resource_id: theirs.ids[0] }, { request_id: theirs.ids[0] }]) expect(await download(filter)).toBe('');
    const whole = await download({});
    expect(whole).toContain(ours.admin.user_id);
    expect((whole.match(MARK) ?? []).filter((mark) => scene.secrets.has(mark))).toEqual([]);
  });

  it('and no answer of all these held anything of theirs', () => {
    expect(scene.secrets.size).toBeGreaterThan(50);
    expect(leaks).toEqual([]);
  });

  it('and theirs is as it was, to the byte', async () => {
    expect(await scene.dumpTheirs()).toBe(before);
  });

  it('and no endpoint was left out, nor any field but those that say why', () => {
    expect([...covered.keys()].toSorted()).toEqual(endpoints.map(([id]) => id).toSorted());
    const fields = new Set(endpoints.flatMap(([id, endpoint]) => listFields(endpoint).map(({ name }) => `${id} ${name}`)));
    expect([...Object.keys(exempt), ...Object.keys(unproved)].filter((name) => !fields.has(name))).toEqual([]);
    expect([Object.keys(exempt).length, Object.keys(unproved).length]).toEqual([5, 5]);
    expect(new Set(scene.theirs.ids).size).toBeGreaterThanOrEqual(IDS_AT_LEAST);
    const cells = [...covered.values()].reduce((sum, each) => sum + each, 0);
    console.log(`isolation: ${cells} cells of ${fields.size} fields at ${covered.size} endpoints, ${Object.keys(exempt).length} exempt; ${new Set(scene.theirs.ids).size} ids of theirs`);
    expect(cells).toBeGreaterThanOrEqual(endpoints.reduce((sum, [id, endpoint]) => sum + countCells(id, endpoint, EXEMPT), 0));
  });
});
