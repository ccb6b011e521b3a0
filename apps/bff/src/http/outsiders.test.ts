import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, ORIGIN, type TestApp } from '../../test/app.ts';

const PER_NETWORK = 20;
let app: TestApp;
beforeAll(async () => {
  app = await createTestApp({ rate_limits: { per_person: 100_000, per_network: PER_NETWORK } }, { LYSS_TRUST_PROXY: '1' });
});
afterAll(() => app.close());

const from = (address: string, headers: Record<string, string> = {}) => ({ 'x-forwarded-for': address, ...headers });
const statuses = async (turns: number, headers: (turn: number) => Record<string, string>) => {
  const answers: number[] = [];
  for (let turn = 0; turn < turns; turn++) answers.push((await app.call('GET', '/api/v1/auth/me', { headers: headers(turn) })).status);
  return answers;
};
const refusedAfter = [...Array<number>(PER_NETWORK).fill(401), 429, 429];

describe('somebody who is nobody yet', () => {
  it.each<[string, (turn: number) => Record<string, string>]>([
    ['a forged token', (turn) => ({ authorization: `Bearer forged.${turn}.token` })],
    ['a header that is no token', () => ({ authorization: 'Basic eDp5' })],
    ['no token', () => ({})],
  ])('is counted by network with %s, and the good token of a neighbour goes on', async (what, headers) => {
    const address = `203.0.${what.length}.7`;
    expect(await statuses(PER_NETWORK + 2, (turn) => from(address, headers(turn)))).toEqual(refusedAfter);
    const neighbour = await app.call('GET', '/api/v1/auth/me', { as: app.owner, headers: from(address) });
    expect(neighbour.status).toBe(200);
  });

  it('is one network however the proxy writes ports, and whatever it cannot name is the proxy’s own', async () => {
    expect(await statuses(PER_NETWORK + 2, (turn) => from(`198.51.100.7:${4_000 + turn}`))).toEqual(refusedAfter);
    // The set-up came from there as well, and was counted.
    expect((await statuses(PER_NETWORK + 2, (turn) => from(`garbage-${turn}`))).slice(-2)).toEqual([429, 429]);
  });
});

describe('what programs ask for', () => {
  it.each(['/v1', '/v1/models', '/metrics', '/metrics/x', '/health', '/health/x', '/.well-known', '/.well-known/openid-configuration'])('%s is 404 as JSON, not the console’s page', async (path) => {
    for (const method of ['GET', 'POST']) {
      const answer = await app.call(method, path);
      expect(answer).toMatchObject({ status: 404, body: { success: false, error: { code: '3007' } } });
    }
  });

  it('leaves what is there', async () => {
    for (const path of ['/health/live', '/health/ready', '/.well-known/jwks.json']) expect((await app.app.request(`${ORIGIN}${path}`)).status).toBe(200);
  });
});
