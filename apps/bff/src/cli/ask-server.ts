import type { Config } from '../config.ts';
import { createEgress, EgressError, parseAllow, readText } from '../egress/fetch.ts';

const PATIENCE_MS = 3_000;
const MOST_BYTES = 65_536;
// An address to listen on for every network is none to call.
const CALLED: Record<string, string> = { '0.0.0.0': '127.0.0.1', '::': '[::1]' };

export interface ServerState {
  state: 'ready' | 'not_ready' | 'silent' | 'stranger' | 'stuck';
  address: string;
  /** What a server that is not ready waits for. */
  missing: string[];
}

/** Asks whatever listens where the server of these settings would, whether it is that server and is ready. */
export async function askServer({ HOST, PORT }: Pick<Config, 'HOST' | 'PORT'>): Promise<ServerState> {
  const place = `${CALLED[HOST] ?? (HOST.includes(':') ? `[${HOST}]` : HOST)}:${PORT}`;
  const address = `http://${place}`;
  const egress = createEgress({ allow: parseAllow(place) });
  try {
    const limits = { connect_ms: PATIENCE_MS, headers_ms: PATIENCE_MS, idle_ms: PATIENCE_MS, total_ms: PATIENCE_MS };
    const answer = await egress.fetch({ url: `${address}/health/ready`, request_id: 'doctor', limits });
    return { address, ...readReadiness(await readText(answer, MOST_BYTES)) };
  } catch (error) {
    if (!(error instanceof EgressError)) throw error;
    const state = error.kind === 'timeout' ? 'stuck' : error.code === 'ECONNREFUSED' ? 'silent' : 'stranger';
    return { address, state, missing: [] };
  } finally {
    await egress.close();
  }
}

function readReadiness(text: string): Pick<ServerState, 'state' | 'missing'> {
  try {
    const { status, dependencies } = JSON.parse(text) as { status?: unknown; dependencies?: Record<string, unknown> };
    const missing = Object.entries(dependencies ?? {}).filter(([, state]) => state !== 'up').map(([name, state]) => `${name} ${String(state)}`);
    if (status === 'ready' || status === 'not_ready') return { state: status, missing };
  } catch {
    // Not JSON: not ours.
  }
  return { state: 'stranger', missing: [] };
}
