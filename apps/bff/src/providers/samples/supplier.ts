import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createEgress, parseAllow, type Egress, type EgressLimits } from '../../egress/fetch.ts';
import type { ProviderConnection } from '../provider.ts';

export interface TestSupplier {
  connection: ProviderConnection;
  egress: Egress;
  /** Requests as they came, with their bodies. */
  seen: { request: IncomingMessage; body: string }[];
  /** Stops listening and drops every connection; the door stays open. */
  hangUp(): Promise<void>;
  close(): Promise<void>;
}

const secret = 'sk-canary-000';

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer); // a request without an encoding gives buffers
  return Buffer.concat(chunks).toString();
}

/** A supplier on a real socket of this machine, and the house's own door to it, with shorter waits. */
export async function startSupplier(answer: RequestListener, limits: Partial<EgressLimits> = {}): Promise<TestSupplier> {
  const seen: TestSupplier['seen'] = [];
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      seen.push({ request, body });
      answer(request, response);
    }, () => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server's address is an object once it listens.
  const { port } = server.address() as AddressInfo;
  const egress = createEgress({ allow: parseAllow(`127.0.0.1:${port}`) });
  const hangUp = async (): Promise<void> => {
    server.closeAllConnections();
    if (server.listening) await new Promise((resolve) => server.close(resolve));
  };
  return {
    connection: { base_url: `http://127.0.0.1:${port}/v1`, credential: { id: 'credential-1', revealFor: async () => secret } },
    egress: { fetch: (request) => egress.fetch({ ...request, limits }), close: () => egress.close() },
    seen,
    hangUp,
    async close() {
      await egress.close();
      await hangUp();
    },
  };
}

/** Writes the chunks one by one, each in a turn of its own, so that most travel apart. */
export async function writeChunks(response: ServerResponse, chunks: Iterable<Uint8Array>, type = 'text/event-stream'): Promise<void> {
  response.writeHead(200, { 'content-type': type });
  response.socket?.setNoDelay(true);
  for (const chunk of chunks) {
    response.write(chunk);
    await nextTurn();
  }
  response.end();
}
