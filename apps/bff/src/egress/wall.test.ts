import { spawnSync } from 'node:child_process';
import { Agent } from 'undici';
import { describe, expect, it } from 'vitest';
import { createConnector } from './connect.ts';
import { startServer } from './test-server.ts';
import { attackWall, PUBLIC_ADDRESS, type WallReport } from './wall-attack.ts';

const FORBIDDEN = [
  '127.0.0.1', '127.9.9.9', '10.0.0.1', '100.64.0.1', '100.100.100.200', '169.254.169.254', '172.16.0.1', '192.0.0.192', '192.0.2.1', '192.168.1.1', '198.18.0.1', '198.51.100.1', '203.0.113.1', '168.63.129.16',
  '::1', 'fc00::1', 'fd00:ec2::254', '2001:db8::1', '2001::1', '2002:7f00:1::1', '64:ff9b::a00:1', '3fff::1',
];
const PORTS = [443, 80, 22, 6379];
const REFUSED = 'address_not_allowed · address ·  · The address is not allowed.';

/** How this machine makes a network of its own, if it does: as root, or as the root of its own user namespace. */
const flags = ['-n', '-rn'].find((flag) => spawnSync('unshare', [flag, 'ip', 'link', 'set', 'lo', 'up']).status === 0);

function attackInNamespace(flag: string): WallReport {
  const script = [
    `import { attackWall } from ${JSON.stringify(new URL('wall-attack.ts', import.meta.url).href)};`,
    `console.log(JSON.stringify(await attackWall(${JSON.stringify({ addresses: FORBIDDEN, ports: PORTS, rebind_to: '10.0.0.1' })})));`,
  ].join('\n');
  const addresses = [...FORBIDDEN, PUBLIC_ADDRESS].map((address) => `ip addr add ${address} dev lo nodad 2>/dev/null || ip addr add ${address} dev lo 2>/dev/null;`);
  const shell = `ip link set lo up; ${addresses.join(' ')} exec "$0" --input-type=module -e "$1"`;
  const run = spawnSync('unshare', [flag, 'sh', '-c', shell, process.execPath, script], { encoding: 'utf8', timeout: 60_000 });
  expect(run.status, run.stderr).toBe(0);
  return JSON.parse(run.stdout) as WallReport;
}

function expectShut(report: WallReport, listening: number): void {
  expect(report.reached, 'plain connections that reached the listeners').toBe(listening);
  expect(report.accepted, 'connections through the wall').toBe(0);
  expect(report.outcomes).toEqual([REFUSED]);
  expect(report.median_ms.open).toBeLessThan(20);
  expect(report.median_ms.closed).toBeLessThan(20);
}

describe('the wall', () => {
  it('lets nothing through to loopback, whichever door is tried', async () => {
    const report = await attackWall({ addresses: ['127.0.0.1'], ports: [0, 0] });
    expectShut(report, 2);
  });

  it('looks at the socket once more: what was connected must be what was judged', async () => {
    const server = await startServer((_, response) => void response.end('inside'));
    // A literal passes the pinned look-up by, so a wrong judgement is what the socket itself must show.
    const names = { findKnown: () => null, get: async () => [PUBLIC_ADDRESS], forget: () => {} };
    const agent = new Agent({ connect: createConnector({ names, connect_ms: 500 }) });
    await expect(agent.request({ origin: server.url, path: '/', method: 'GET' })).rejects.toMatchObject({ kind: 'address_not_allowed', phase: 'address' });
    expect(server.requests).toHaveLength(0);
    await Promise.all([agent.destroy(), server.close()]);
  });

  it(flags === undefined ? 'is not tried in a network of its own: this machine permits no `unshare -n` with `ip`' : 'lets nothing through to any forbidden address in a network of its own', () => {
    if (flags === undefined) {
      console.warn('egress: no network namespace here; the forbidden addresses were judged, and loopback alone was listened on');
      return expect(FORBIDDEN.length).toBeGreaterThan(0);
    }
    const wall = attackInNamespace(flags);
    expectShut(wall, FORBIDDEN.length * PORTS.length);
    expect(wall.tried).toBeGreaterThan(500);
    expect(wall.rebinding?.reached).toEqual([PUBLIC_ADDRESS]);
    expect(wall.rebinding?.outcomes.map((outcome) => outcome.split(' · ')[0])).toEqual(Array<string[]>(3).fill(['connection_failed', 'address_not_allowed']).flat());
  }, 90_000);
});
