import { createPrivateKey, X509Certificate } from 'node:crypto';
import { createServer as createTcpServer } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createEgress, readText, type Egress } from './fetch.ts';
import { listen, startServer, type TestServer } from './test-server.ts';

/** A self-made certificate for supplier.example, good until 2126; both halves are for these tests alone. */
const KEY_DER = 'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgqtc+gZ9q3ChXB1PtZmAjb5cV2sRcxX0IpMyfLnb1Rz+hRANCAASiKDV5ifOzzCKZN+nZaRqmQl5A6ilwK9X5oxTOCDKV2O/xCdLsBXf00Gwb17zQ6QyAlDJNYxUxIC7iJDk70h9j';
const CERT_DER = 'MIIBqzCCAVCgAwIBAgIUW1xjlckUkK+XEjzt3++embmiAMkwCgYIKoZIzj0EAwIwGzEZMBcGA1UEAwwQc3VwcGxpZXIuZXhhbXBsZTAgFw0yNjExMjMwNTIzMTRaGA8yMTI2MTAzMDA1MjMxNFowGzEZMBcGA1UEAwwQc3VwcGxpZXIuZXhhbXBsZTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABKIoNXmJ87PMIpk36dlpGqZCXkDqKXAr1fmjFM4IMpXY7/EJ0uwFd/TQbBvXvNDpDICUMk1jFTEgLuIkOTvSH2OjcDBuMB0GA1UdDgQWBBTOO41aTHEO3NdhI7XKGzEKlzfPlzAfBgNVHSMEGDAWgBTOO41aTHEO3NdhI7XKGzEKlzfPlzAPBgNVHRMBAf8EBTADAQH/MBsGA1UdEQQUMBKCEHN1cHBsaWVyLmV4YW1wbGUwCgYIKoZIzj0EAwIDSQAwRgIhALw1tniI3MMJ9L7ORXQYNBb0VtOCSdGcn4as171wTbnEAiEAusJ0ixplLo4yxL9DjYQXizd1Aozcd0Qd/n9FyR5NBtU=';
const cert = new X509Certificate(Buffer.from(CERT_DER, 'base64')).toString();
const key = createPrivateKey({ key: Buffer.from(KEY_DER, 'base64'), format: 'der', type: 'pkcs8' }).export({ format: 'pem', type: 'pkcs8' }).toString();

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function startScene(host: string, tls_ca?: string): Promise<{ server: TestServer; egress: Egress; url: string }> {
  const server = await startServer((_, response) => void response.end('hello'), { key, cert });
  const allow = [{ host, port: server.port }];
  const egress = createEgress({ allow, resolve: async () => ['127.0.0.1'], ...(tls_ca !== undefined && { tls_ca }) });
  open.push(egress, server);
  return { server, egress, url: `https://${host}:${server.port}/` };
}

describe('TLS', () => {
  it('takes a certificate of a trusted authority for this very name, and resumes', async () => {
    const { egress, url } = await startScene('supplier.example', cert);
    for (const id of ['a', 'a', 'b']) {
      const credential = { id, revealFor: async () => 'k', headers: () => ({}) };
      expect(await readText(await egress.fetch({ url, request_id: 'r', credential }), 100)).toBe('hello');
    }
  });

  it.each([
    ['a self-made certificate', 'supplier.example', undefined, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['a certificate for another name', 'other.example', cert, 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['a certificate without the address', '127.0.0.1', cert, 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ])('refuses %s, and sends nothing', async (_, host, ca, code) => {
    // Node warns of what this test sets on purpose.
    vi.spyOn(process, 'emitWarning').mockReturnValue();
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    const { server, egress, url } = await startScene(host, ca);
    await expect(egress.fetch({ url, request_id: 'r' })).rejects.toMatchObject({ kind: 'connection_failed', phase: 'tls', code });
    expect(server.requests).toHaveLength(0);
  });

  it('calls plain text on a TLS port a failure of TLS', async () => {
    const server = await startServer((_, response) => void response.end());
    const egress = createEgress({ allow: [server.allowed] });
    open.push(egress, server);
    await expect(egress.fetch({ url: `https://127.0.0.1:${server.port}/`, request_id: 'r' })).rejects.toMatchObject({ kind: 'connection_failed', phase: 'tls' });
  });

  it('neither waits for a silent server longer than it should, nor keeps its socket', async () => {
    const server = await listen(createTcpServer((socket) => void socket.resume()), 'https');
    const egress = createEgress({ allow: [server.allowed] });
    open.push(egress, server);
    const stop = new AbortController();
    for (const [kind, options] of [['timeout', { limits: { connect_ms: 200 } }], ['aborted', { signal: stop.signal }]] as const) {
      const call = egress.fetch({ url: server.url, request_id: 'r', ...options });
      const ended = expect(call).rejects.toMatchObject({ kind, phase: 'connect' });
      await vi.waitFor(() => expect(server.sockets.size).toBe(1));
      if (kind === 'aborted') stop.abort();
      await ended;
      await vi.waitFor(() => expect(server.sockets.size).toBe(0));
    }
    expect(server.accepted).toBe(2);
  });

  it('goes on to the next address of a name when one does not answer', async () => {
    const server = await startServer((_, response) => void response.end('second'));
    const resolve = async () => ['127.0.0.77', '127.0.0.1'];
    const egress = createEgress({ allow: [{ host: 'two.example', port: server.port }], resolve });
    open.push(egress, server);
    expect(await readText(await egress.fetch({ url: `http://two.example:${server.port}/`, request_id: 'r' }), 100)).toBe('second');
  });
});
