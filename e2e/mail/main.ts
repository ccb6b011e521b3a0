// A mail server as a process of its own: takes every letter, and shows over HTTP what came for an address.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

const letters: { to: string[]; raw: string }[] = [];

const smtp = new SMTPServer({
  authOptional: true,
  // The server's own machine: nobody listens between them.
  allowInsecureAuth: true,
  onAuth: ({ username }, _session, done) => done(null, { user: username }),
  disabledCommands: ['STARTTLS'],
  onData(stream, session, done) {
    const parts: Buffer[] = [];
    stream.on('data', (part: Buffer) => parts.push(part));
    stream.on('end', () => {
      letters.push({ to: session.envelope.rcptTo.map(({ address }) => address), raw: Buffer.concat(parts).toString('latin1') });
      done();
    });
  },
});

/** `/letters/ada@example.com`: all that came for her, oldest first, with links whole again (RFC 2045 breaks and escapes them). */
const http = createServer((request, response) => {
  const address = decodeURIComponent((request.url ?? '').replace('/letters/', ''));
  const texts = letters.filter(({ to }) => to.includes(address)).map(({ raw }) => raw.replace(/=\r\n/g, '').replaceAll('=3D', '='));
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(texts));
});

smtp.listen(0, '127.0.0.1', () => {
  http.listen(0, '127.0.0.1', () => {
    // Both listen on TCP, so their addresses are objects.
    const [mail, web] = [smtp.server.address() as AddressInfo, http.address() as AddressInfo];
    process.stdout.write(`listening ${mail.port} ${web.port}\n`);
  });
});
process.once('SIGTERM', () => process.exit(0));
