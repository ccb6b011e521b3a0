import { AsyncLocalStorage } from 'node:async_hooks';
import { connect as connectTcp, isIP, type LookupFunction, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { buildConnector } from 'undici';
import { EgressError, findErrorCode } from './egress-error.ts';
import { isSameAddress } from './judge-address.ts';
import type { JudgedNames, Target } from './judged-names.ts';

const MAX_SESSIONS = 16;
const KEEP_ALIVE_PROBE_MS = 60_000;

/** A call that waits for its socket: when it is over, `leave` lets go of the half-open one. */
export interface WaitingCall {
  is_over: boolean;
  leave: (() => void) | undefined;
}

/** The call that a socket is opened for; undici gives its connector no other way to know. */
export const waitingCall = new AsyncLocalStorage<WaitingCall>();

/** undici's way to a socket: only to addresses that were judged, looked at once more when connected, TLS always verified. */
export function createConnector(options: { names: JudgedNames; connect_ms: number; tls_ca?: string | undefined }): buildConnector.connector {
  const sessions = new Map<string, Buffer>();
  const { names, connect_ms, tls_ca } = options;

  async function open(target: Target, is_secure: boolean): Promise<Socket> {
    const addresses = await names.get(target);
    const tcp = {
      host: target.hostname,
      port: target.port,
      lookup: createPinnedLookup(addresses),
      autoSelectFamily: true,
      noDelay: true,
      keepAlive: true,
      keepAliveInitialDelay: KEEP_ALIVE_PROBE_MS,
    };
    if (!is_secure) return settle(connectTcp(tcp), addresses, 'connect', connect_ms);
    const session = sessions.get(target.hostname);
    const servername = isIP(target.hostname) === 0 ? target.hostname : '';
    // Said aloud, since an environment variable can turn the default off.
    const rules = { rejectUnauthorized: true, minVersion: 'TLSv1.2', ALPNProtocols: ['http/1.1'] } as const;
    const socket = connectTls({ ...tcp, ...rules, servername, ...(session && { session }), ...(tls_ca !== undefined && { ca: tls_ca }) });
    socket.on('session', (next) => {
      if (sessions.size >= MAX_SESSIONS) sessions.clear();
      sessions.set(target.hostname, next);
    });
    return settle(socket, addresses, 'secureConnect', connect_ms);
  }

  return ({ hostname, port, protocol }, callback) => {
    const is_secure = protocol === 'https:';
    const target = { hostname, port: Number(port || (is_secure ? 443 : 80)) };
    open(target, is_secure).then(
      (socket) => callback(null, socket),
      (error: unknown) => {
        names.forget(target);
        callback(error instanceof Error ? error : new EgressError('connection_failed', 'connect'), null);
      },
    );
  };
}

/** Never asks anybody: gives the addresses that were judged. (Literals pass it by; they are judged before.) */
function createPinnedLookup(addresses: readonly string[]): LookupFunction {
  const answers = addresses.map((address) => ({ address, family: isIP(address) }));
  const [first] = answers;
  return (_hostname, { all }, callback) => {
    if (all) callback(null, answers);
    else callback(null, first?.address ?? '', first?.family);
  };
}

/** The socket when it is ready for its first byte, or an EgressError that says how far it came. */
function settle(socket: Socket, addresses: readonly string[], ready: 'connect' | 'secureConnect', ms: number): Promise<Socket> {
  const call = waitingCall.getStore();
  return new Promise((resolve, reject) => {
    let phase: 'connect' | 'tls' = 'connect';
    const stop = (error: EgressError) => {
      clearTimeout(timer);
      reject(error);
      socket.destroy();
    };
    // undici may reopen a socket in the context of a call that has ended: that one has no say.
    if (call?.is_over === false) call.leave = () => stop(new EgressError('aborted', phase));
    const timer = setTimeout(() => stop(new EgressError('timeout', phase)), ms);
    socket.once('connect', () => {
      phase = 'tls';
      const remote = socket.remoteAddress;
      // None means that the other side has hung up already.
      if (remote === undefined) stop(new EgressError('connection_failed', 'connect', 'ECONNRESET'));
      else if (!addresses.some((address) => isSameAddress(address, remote))) stop(new EgressError('address_not_allowed', 'address'));
    });
    socket.once(ready, () => {
      if (socket.destroyed) return;
      clearTimeout(timer);
      if (call !== undefined) call.leave = undefined;
      resolve(socket);
    });
    // Stays on: once undici has the socket, it hears of errors by its own listeners.
    socket.on('error', (error) => stop(new EgressError('connection_failed', phase, findErrorCode(error))));
  });
}
