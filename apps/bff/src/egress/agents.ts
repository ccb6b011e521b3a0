import { Agent, type buildConnector } from 'undici';

export interface Agents {
  /** The agent of one credential (null: of calls without one); nobody else's calls use its sockets. */
  get(credential_id: string | null): Agent;
  close(): Promise<void>;
}

const MAX_AGENTS = 256;
/** Shorter than suppliers keep an idle connection, so that a call rarely meets one that is just being closed. */
const KEEP_ALIVE_MS = 10_000;
const KEEP_ALIVE_AT_MOST_MS = 60_000;
const MAX_HEADER_BYTES = 32_768;

/** At most `max` agents, least recently used out first; one that goes closes when its calls have ended. */
export function createAgents(options: { createConnector: () => buildConnector.connector; max?: number }): Agents {
  const { createConnector, max = MAX_AGENTS } = options;
  const agents = new Map<string, Agent>();

  return {
    get(credential_id) {
      const key = credential_id === null ? 'none' : `credential ${credential_id}`;
      const agent = agents.get(key) ?? createAgent(createConnector());
      agents.delete(key);
      agents.set(key, agent);
      const oldest = agents.entries().next();
      if (agents.size > max && !oldest.done) {
        const [oldKey, old] = oldest.value;
        agents.delete(oldKey);
        void old.close();
      }
      return agent;
    },
    async close() {
      const all = [...agents.values()];
      agents.clear();
      await Promise.all(all.map((agent) => agent.destroy()));
    },
  };
}

function createAgent(connect: buildConnector.connector): Agent {
  return new Agent({
    connect,
    pipelining: 1,
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_AT_MOST_MS,
    maxHeaderSize: MAX_HEADER_BYTES,
    // Ours count each call by its own limits.
    headersTimeout: 0,
    bodyTimeout: 0,
    allowH2: false,
  });
}
