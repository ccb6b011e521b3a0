import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface Gate {
  url: string;
  /** Resolves when bytes came that the gate keeps to itself. */
  held: Promise<void>;
  close(): void;
}

/** A socket before a server that lets one way alone through: what is asked, or what is answered, stays with it. */
export async function openGate(port: number, holds: 'questions' | 'answers'): Promise<Gate> {
  const sockets: Socket[] = [];
  const { promise: held, resolve } = Promise.withResolvers<void>();
  const gate = createServer((client) => {
    const server = connect(port, '127.0.0.1');
    sockets.push(client, server);
    for (const socket of [client, server]) socket.on('error', () => undefined);
    client.on('data', (bytes) => (holds === 'questions' ? resolve() : void server.write(bytes)));
    server.on('data', (bytes) => (holds === 'answers' ? resolve() : void client.write(bytes)));
  });
  gate.listen(0, '127.0.0.1');
  await once(gate, 'listening');
  // A TCP server's address is an object once it listens.
  const { port: own } = gate.address() as AddressInfo;
  return {
    ...{ url: `http://127.0.0.1:${own}`, held },
    close() {
      for (const socket of sockets) socket.destroy();
      gate.close();
    },
  };
}
