import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server as TcpServer, Socket } from 'node:net';
import type { AllowedHost } from './allow.ts';

/** A supplier on loopback for tests: what it was asked, over which sockets, and which are still open. */
export interface TestServer {
  url: string;
  port: number;
  allowed: AllowedHost;
  requests: IncomingMessage[];
  sockets: Set<Socket>;
  accepted: number;
  close(): Promise<void>;
}

export async function startServer(listener: RequestListener, tls?: { key: string; cert: string }): Promise<TestServer> {
  const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
  const test = await listen(server, tls === undefined ? 'http' : 'https');
  // First in line, so that a listener that throws has been counted.
  (server as Server).prependListener('request', (request: IncomingMessage) => test.requests.push(request));
  return test;
}

export async function listen(server: TcpServer, scheme: string): Promise<TestServer> {
  const sockets = new Set<Socket>();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A TCP server's address is never a path.
  const { port } = server.address() as AddressInfo;
  const test: TestServer = {
    url: `${scheme}://127.0.0.1:${port}`,
    port,
    allowed: { host: '127.0.0.1', port },
    requests: [],
    sockets,
    accepted: 0,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  server.on('connection', (socket) => {
    test.accepted += 1;
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  });
  return test;
}
