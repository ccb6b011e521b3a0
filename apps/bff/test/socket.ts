import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import type { BareApp } from './app.ts';
import { createHttpServer } from '../src/start-server.ts';

export interface ListeningApp {
  port: number;
  url: string;
  /** Writes bytes as they are and reads what comes until the server closes, `until` is there, or the time is up. */
  exchange(bytes: string | Uint8Array, until?: RegExp): Promise<string>;
  close(): Promise<void>;
}

/** The app behind a real socket, with the server's own limits. */
export async function listenOn({ app, context }: Pick<BareApp, 'app' | 'context'>): Promise<ListeningApp> {
  const server = createHttpServer(app, context.gateway);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A TCP server's address is an object once it listens.
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    exchange: (bytes, until) => exchange(port, bytes, until),
    close: () => new Promise<void>((resolve) => (server.closeAllConnections(), server.close(() => resolve()))),
  };
}

const PATIENCE_MS = 15_000;

async function exchange(port: number, bytes: string | Uint8Array, until?: RegExp): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  try {
    await once(socket, 'connect');
    socket.on('error', () => undefined); // a reset is an end like any other here
    socket.write(bytes);
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, PATIENCE_MS);
      const done = () => (clearTimeout(timer), resolve());
      socket.on('close', done);
      socket.on('end', done);
      socket.on('data', (chunk) => {
        text += chunk.toString('latin1');
        if (until?.test(text)) done();
      });
    });
    return text;
  } finally {
    socket.destroy();
  }
}
