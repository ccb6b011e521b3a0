import { createServer as createTcpServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { RequestListener } from 'node:http';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createEgress, EgressError, readText, type Egress, type OutgoingCredential } from './fetch.ts';
import { listen, startServer, type TestServer } from './test-server.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function startScene(listener: RequestListener): Promise<{ server: TestServer; egress: Egress }> {
  const server = await startServer(listener);
  const egress = createEgress({ allow: [server.allowed] });
  open.push(egress, server);
  return { server, egress };
}

function createCredential(id: string, secret = 'sk-canary'): OutgoingCredential & { origins: string[] } {
  const origins: string[] = [];
  return {
    id,
    origins,
    revealFor: async (origin) => {
      origins.push(origin);
      return secret;
    },
    headers: (revealed) => ({ Authorization: `Bearer ${revealed}` }),
  };
}

const hello: RequestListener = (_, response) => void response.end('hello');

describe('egress.fetch', () => {
  it('posts what it was given, asks for no compression, and carries the request id', async () => {
    let body = '';
    const { server, egress } = await startScene((request, response) => {
      request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      request.on('end', () => response.writeHead(201, { 'x-answer': ['a', 'b'] }).end('结果'));
    });
    const request = { url: `${server.url}/v1/x?y=1#z`, method: 'POST', body: '{"问":1}', headers: { 'Content-Type': 'application/json' }, request_id: 'req-1' } as const;
    const response = await egress.fetch(request);
    expect(response).toMatchObject({ status: 201, headers: { 'x-answer': 'a, b' } });
    expect(await readText(response, 100)).toBe('结果');
    expect(body).toBe('{"问":1}');
    const [seen] = server.requests;
    expect(seen).toMatchObject({ method: 'POST', url: '/v1/x?y=1' });
    expect(seen?.headers).toMatchObject({ host: `127.0.0.1:${server.port}`, 'accept-encoding': 'identity', 'x-request-id': 'req-1', 'content-type': 'application/json' });
  });

  it('lets no caller set what is its own, and the credential wins over the caller', async () => {
    const { server, egress } = await startScene(hello);
    const headers = { Host: 'internal', 'Accept-Encoding': 'gzip', 'X-Request-Id': 'forged', 'Proxy-Authorization': 'x', 'Transfer-Encoding': 'chunked', AUTHORIZATION: 'Bearer other' };
    await readText(await egress.fetch({ url: server.url, headers, credential: createCredential('a'), request_id: 'req-2' }), 100);
    const seen = server.requests[0]?.headers;
    expect(seen).toMatchObject({ host: `127.0.0.1:${server.port}`, 'accept-encoding': 'identity', 'x-request-id': 'req-2', authorization: 'Bearer sk-canary' });
    expect(seen).not.toHaveProperty('proxy-authorization');
    expect(seen).not.toHaveProperty('transfer-encoding');
  });

  it('takes no proxy from the environment', async () => {
    const proxy = await startServer(hello);
    open.push(proxy);
    for (const name of ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'ALL_PROXY']) vi.stubEnv(name, proxy.url);
    vi.stubEnv('NODE_USE_ENV_PROXY', '1');
    const { server, egress } = await startScene(hello);
    await readText(await egress.fetch({ url: server.url, request_id: 'r' }), 100);
    expect([server.accepted, proxy.accepted]).toEqual([1, 0]);
  });

  it.each([301, 302, 303, 307, 308])('returns a %i and does not follow it', async (status) => {
    const other = await startServer(hello);
    open.push(other);
    const { server, egress } = await startScene((_, response) => void response.writeHead(status, { location: other.url }).end());
    const response = await egress.fetch({ url: server.url, credential: createCredential('a'), request_id: 'r' });
    expect(response.status).toBe(status);
    await readText(response, 100);
    expect([server.requests.length, other.accepted]).toEqual([1, 0]);
  });

  it.each(['gzip', 'br', 'gzip, identity', 'x-unknown'])('refuses an answer in %s', async (encoding) => {
    const { server, egress } = await startScene((_, response) => void response.writeHead(200, { 'content-encoding': encoding }).end(gzipSync('x'.repeat(1_000_000))));
    await expect(egress.fetch({ url: server.url, request_id: 'r' })).rejects.toMatchObject({ kind: 'connection_failed', phase: 'headers', code: 'CONTENT_ENCODED' });
    await vi.waitFor(() => expect(server.sockets.size).toBe(0));
  });
});

describe('keys', () => {
  it('are opened for the origin that was judged, and only after it was', async () => {
    const { server, egress } = await startScene(hello);
    const credential = createCredential('a');
    await readText(await egress.fetch({ url: `${server.url}/deep/path?x`, credential, request_id: 'r' }), 100);
    expect(credential.origins).toEqual([server.url]);
    const walled = createEgress({ allow: [], resolve: async () => ['93.184.215.14', '10.0.0.1'] });
    for (const url of [server.url, 'https://10.0.0.1/', 'https://half-private.example/']) {
      await expect(walled.fetch({ url, credential, request_id: 'r' })).rejects.toMatchObject({ kind: 'address_not_allowed' });
    }
    expect(credential.origins).toEqual([server.url]);
  });

  it('that do not open end the call before a socket is made', async () => {
    const { server, egress } = await startScene(hello);
    const credential = { ...createCredential('a'), revealFor: async () => Promise.reject(new Error('sealed for another origin')) };
    await expect(egress.fetch({ url: server.url, credential, request_id: 'r' })).rejects.toThrow('sealed for another origin');
    expect(server.accepted).toBe(0);
  });

  it('are in no error, even one that the key itself caused', async () => {
    const { server, egress } = await startScene(hello);
    const error: unknown = await egress.fetch({ url: server.url, credential: createCredential('a', 'sk-canary\r\nx: y'), request_id: 'r' }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(EgressError);
    expect(server.requests).toHaveLength(0);
    const { message, stack, cause } = error as EgressError;
    expect(JSON.stringify([error, message, stack, cause])).not.toContain('canary');
  });

  it('never share a socket with another key, and share one with themselves', async () => {
    const { server, egress } = await startScene((request, response) => void response.end(String(request.socket.remotePort)));
    const call = async (credential?: OutgoingCredential) => readText(await egress.fetch({ url: server.url, request_id: 'r', ...(credential && { credential }) }), 100);
    const [a, b] = [createCredential('a'), createCredential('b')];
    const ports = [await call(a), await call(b), await call(), await call(a), await call(b), await call()];
    expect(new Set(ports.slice(0, 3)).size).toBe(3);
    expect(ports.slice(3)).toEqual(ports.slice(0, 3));
  });
});

describe('limits', () => {
  const limited = async (listener: RequestListener, limits: object) => {
    const { server, egress } = await startScene(listener);
    const call = async () => readText(await egress.fetch({ url: server.url, request_id: 'r', limits }), 10 ** 9);
    return { server, call };
  };

  it.each([
    ['no headers', () => {}, { headers_ms: 150 }, 'headers'],
    ['only 1xx answers', (_, response) => void setInterval(() => response.destroyed || response.writeProcessing(), 20).unref(), { headers_ms: 150 }, 'headers'],
    ['silence in the middle', (_, response) => void response.write('a'), { idle_ms: 150 }, 'body'],
    ['a byte now and then', (_, response) => void setInterval(() => response.write('a'), 20).unref(), { idle_ms: 150, total_ms: 400 }, 'body'],
  ] as [string, RequestListener, object, string][])('end the wait: %s', async (_, listener, limits, phase) => {
    const { server, call } = await limited(listener, limits);
    const start = Date.now();
    await expect(call()).rejects.toMatchObject({ kind: 'timeout', phase });
    expect(Date.now() - start).toBeGreaterThan(100);
    expect(Date.now() - start).toBeLessThan(1_500);
    await vi.waitFor(() => expect(server.sockets.size).toBe(0));
  });

  it.each([
    ['announced', 'headers', (_, response) => void response.writeHead(200, { 'content-length': 1_000_001 }).write('a')],
    ['not announced', 'body', (_, response) => void setInterval(() => response.write(Buffer.alloc(100_000)), 1).unref()],
  ] as [string, string, RequestListener][])('end an answer that is too large, %s', async (_, phase, listener) => {
    const { server, call } = await limited(listener, { max_bytes: 1_000_000 });
    await expect(call()).rejects.toMatchObject({ kind: 'too_large', phase });
    await vi.waitFor(() => expect(server.sockets.size).toBe(0));
  });

  it('end headers without end', async () => {
    const server = await listen(createTcpServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      const timer = setInterval(() => socket.write(`x-${'y'.repeat(1000)}: z\r\n`), 1);
      socket.on('close', () => clearInterval(timer));
    }), 'http');
    const egress = createEgress({ allow: [server.allowed] });
    open.push(egress, server);
    await expect(egress.fetch({ url: server.url, request_id: 'r' })).rejects.toMatchObject({ kind: 'too_large', phase: 'headers' });
  });

  it('hold back a fast sender and do not blame it for a slow reader', async () => {
    const size = 8 * 1024 * 1024;
    const { server, egress } = await startScene((_, response) => void response.end(Buffer.alloc(size)));
    const response = await egress.fetch({ url: server.url, request_id: 'r', limits: { idle_ms: 200 } });
    await delay(600);
    const [socket] = server.sockets;
    expect(socket?.writableLength).toBeGreaterThan(0);
    expect((await readText(response, size)).length).toBe(size);
  });

  it('bound what readText takes, and close the socket', async () => {
    const { server, egress } = await startScene((_, response) => void setInterval(() => response.write('x'.repeat(1000)), 1).unref());
    const response = await egress.fetch({ url: server.url, request_id: 'r' });
    await expect(readText(response, 10_000)).rejects.toMatchObject({ kind: 'too_large' });
    await vi.waitFor(() => expect(server.sockets.size).toBe(0));
  });
});

describe('broken answers', () => {
  const answer = async (text: string) => {
    const server = await listen(createTcpServer((socket) => void socket.once('data', () => socket.end(text))), 'http');
    const egress = createEgress({ allow: [server.allowed] });
    open.push(egress, server);
    return egress.fetch({ url: server.url, request_id: 'r' });
  };

  it('give what came, then the failure', async () => {
    for (const head of ['content-length: 100', 'transfer-encoding: chunked']) {
      const response = await answer(`HTTP/1.1 200 OK\r\n${head}\r\n\r\n${head.startsWith('t') ? '5\r\n' : ''}hello`);
      const chunks: string[] = [];
      const reading = (async () => {
        for await (const chunk of response.body) chunks.push(Buffer.from(chunk).toString());
      })();
      await expect(reading).rejects.toMatchObject({ kind: 'connection_failed', phase: 'body' });
      expect(chunks.join('')).toBe('hello');
    }
  });

  it.each(['', 'garbage\r\n\r\n', 'HTTP/1.1 200 OK\r\nbad header\r\n\r\n', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab'])('that are no HTTP are a failed connection: %j', async (text) => {
    await expect(answer(text).then((response) => readText(response, 100))).rejects.toMatchObject({ kind: 'connection_failed' });
  });

  it('and a refused connection are told apart by phase and code', async () => {
    const { server, egress } = await startScene(hello);
    await server.close();
    open.pop();
    await expect(egress.fetch({ url: server.url, request_id: 'r' })).rejects.toMatchObject({ kind: 'connection_failed', phase: 'connect', code: 'ECONNREFUSED' });
  });
});
