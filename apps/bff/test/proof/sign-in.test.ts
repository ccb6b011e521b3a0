import { hash, parseOptions } from '@node-rs/argon2';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, PASSWORD, type Answer, type TestApp, type TestPerson } from '../app.ts';

let app: TestApp;
let superuser: Client;
let member: TestPerson;
beforeAll(async () => {
  app = await createTestApp({}, { LYSS_TRUST_PROXY: '1' });
  member = await app.signInAs('end_user');
  superuser = new Client({ connectionString: app.database.superuser_url });
  await superuser.connect();
});
afterAll(async () => {
  await superuser.end();
  await app.close();
});

let networks = 0;
/** A network of its own for each, so that what is counted by network is nobody else's. */
const newNetwork = () => `10.${Math.floor(++networks / 250)}.${networks % 250}.1`;
const login = (email: string, password: string, address = newNetwork()) => app.call('POST', '/api/v1/auth/login', { body: { email, password }, headers: { 'x-forwarded-for': address } });
const strip = ({ status, body }: Answer) => ({ status, body: { ...body, request_id: '', timestamp: '' } });

describe('whether an address is known', () => {
  const WRONG = 'not-the-password-at-all';
  const TRIES = 13;
  const LOCKED = 423;

  it('shows not in when it is locked, in what is said then, or for how long', async () => {
    const answers: { known: Answer; unknown: Answer }[] = [];
    for (let turn = 0; turn < TRIES; turn += 1) answers.push({ known: await login(member.email, WRONG), unknown: await login('nobody@example.com', WRONG) });
    for (const { known, unknown } of answers) expect(strip(unknown)).toEqual(strip(known));
    const [locked] = answers.filter(({ known }) => known.status === LOCKED);
    expect(answers.map(({ known }) => known.status)).toEqual([...Array<number>(10).fill(401), LOCKED, LOCKED, LOCKED]);
    expect(locked?.known.body.error.code).toBe('2005');
    // Their fifteen minutes began one try after the other.
    const seconds = (answer: Answer | undefined) => Number(answer?.headers.get('retry-after'));
    expect(seconds(locked?.known)).toBeGreaterThan(600);
    expect(Math.abs(seconds(locked?.known) - seconds(locked?.unknown))).toBeLessThanOrEqual(20);
    // Nor does the right password, once it is locked.
    expect(strip(await login(member.email, PASSWORD))).toEqual(strip(locked?.unknown ?? expect.fail('never locked')));
  });

  it('shows in no time that it takes', async () => {
    const TURNS = 24;
    const { rows } = await superuser.query<{ password_hash: string }>('select password_hash from users where id = $1', [member.user_id]);
    // Each is asked for once: nobody is locked, and nothing is remembered of anybody.
    const people = Array.from({ length: TURNS }, (_, at) => `known-${at}@example.com`);
    await superuser.query(
      `insert into users (tenant_id, id, email, name, roles, locale, status, password_hash) select $1, gen_random_uuid(), email, 'Known', '{end_user}', 'en-US', 'active', $3 from unnest($2::text[]) email`,
      [member.tenant_id, people, rows[0]?.password_hash],
    );
    const [known, unknown]: [number[], number[]] = [[], []];
    const timed = async (email: string, times: number[]) => {
      const address = newNetwork();
      const began = performance.now();
      const { status } = await login(email, WRONG, address);
      times.push(performance.now() - began);
      expect(status).toBe(401);
    };
    for (const [at, email] of people.entries()) {
      const turns = [() => timed(email, known), () => timed(`unknown-${at}@example.com`, unknown)];
      for (const turn of at % 2 ? turns : turns.toReversed()) await turn();
    }
    const median = (times: number[]) => times.toSorted((a, b) => a - b)[times.length / 2] ?? 0;
    // A hash is nearly all of it: without one it would be a tenth of the other.
    const ratio = median(known) / median(unknown);
    expect(ratio, `${median(known)} ms, ${median(unknown)} ms`).toBeGreaterThan(0.5);
    expect(ratio, `${median(known)} ms, ${median(unknown)} ms`).toBeLessThan(2);
  });
});

describe('a password that was hashed at another cost', () => {
  const TODAY = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
  async function addOld(): Promise<{ email: string; readHash(): Promise<string>; old: string }> {
    const { email, user_id } = await app.signInAs('end_user');
    const old = await hash(PASSWORD, { memoryCost: 4_096, timeCost: 1, parallelism: 1, outputLen: 32 });
    await superuser.query('update users set password_hash = $2 where id = $1', [user_id, old]);
    const readHash = async () => (await superuser.query<{ password_hash: string }>('select password_hash from users where id = $1', [user_id])).rows[0]?.password_hash ?? '';
    return { email, readHash, old };
  }

  it('is hashed at today’s by the sign-in that knows it, once, and by no wrong one', async () => {
    const { email, readHash, old } = await addOld();
    expect((await login(email, 'not-the-password-at-all')).status).toBe(401);
    expect(await readHash()).toBe(old);
    expect((await login(email, PASSWORD)).status).toBe(200);
    const renewed = await readHash();
    expect(parseOptions(renewed)).toMatchObject(TODAY);
    expect((await login(email, PASSWORD)).status).toBe(200);
    expect(await readHash()).toBe(renewed);
  });

  it('lets all in that sign in at once, and leaves one hash that is theirs', async () => {
    const { email, readHash } = await addOld();
    const answers = await Promise.all(Array.from({ length: 4 }, () => login(email, PASSWORD)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(parseOptions(await readHash())).toMatchObject(TODAY);
    expect((await login(email, PASSWORD)).status).toBe(200);
    expect((await login(email, 'not-the-password-at-all')).status).toBe(401);
  });
});

describe('a network that guesses', () => {
  it('stands in the platform’s trail once it is shut out, once, as nobody’s', async () => {
    const TRIES = 34;
    const address = newNetwork();
    const statuses: number[] = [];
    for (let turn = 0; turn < TRIES; turn += 1) statuses.push((await login(`guess-${turn}@example.com`, 'x', address)).status);
    expect([statuses.slice(0, 30).every((status) => status === 401), statuses.slice(30)]).toEqual([true, [429, 429, 429, 429]]);
    const network = address.replace(/\.1$/, '.0/24');
    const read = async () =>
      (await superuser.query(`select action, resource_type, resource_id, outcome, actor_user_id, actor_name, details from platform_audit_entries where resource_type = 'network'`)).rows;
    // Written behind the answer.
    await expect.poll(async () => (await read()).length, { timeout: 10_000 }).toBe(1);
    expect(await read()).toEqual([{ action: 'auth.signed_in', resource_type: 'network', resource_id: network, outcome: 'refused', actor_user_id: null, actor_name: null, details: { reason: 'network_locked' } }]);
  });
});
