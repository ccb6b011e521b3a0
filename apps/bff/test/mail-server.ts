import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { vi } from 'vitest';

export interface ReceivedLetter {
  from: string;
  to: string[];
  /** As it came over the wire. */
  raw: string;
  subject: string;
  text: string;
  html: string;
}

export interface MailServer {
  url: string;
  received: ReceivedLetter[];
  tries(): number;
  /** The newest letter to an address, once it is there. */
  findTo(address: string): Promise<ReceivedLetter>;
  close(): Promise<void>;
}

/** A mail server on this machine; it answers the first `refusals` letters with `code`. */
export async function startMailServer({ refusals = 0, code = 451 } = {}): Promise<MailServer> {
  const received: ReceivedLetter[] = [];
  let tries = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        if (++tries <= refusals) return done(Object.assign(new Error('not now'), { responseCode: code }));
        const from = session.envelope.mailFrom ? session.envelope.mailFrom.address : '';
        const to = session.envelope.rcptTo.map(({ address }) => address);
        received.push({ from, to, ...readLetter(Buffer.concat(parts).toString('latin1')) });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  // A TCP server's address is an object once it listens.
  const { port } = server.server.address() as AddressInfo;
  const find = (address: string) => received.findLast(({ to }) => to.includes(address));
  return {
    ...{ url: `smtp://127.0.0.1:${port}`, received, tries: () => tries },
    findTo: (address) => vi.waitUntil(() => find(address), { timeout: 10_000, interval: 20 }),
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

/** The one link in a letter. */
export function linkIn({ text }: ReceivedLetter): URL {
  const [url = ''] = /https?:\/\/\S+/.exec(text) ?? [];
  return new URL(url);
}

function readLetter(raw: string): Pick<ReceivedLetter, 'raw' | 'subject' | 'text' | 'html'> {
  const [, boundary = ''] = /boundary="([^"]+)"/.exec(raw) ?? [];
  const part = (type: string) => decodePart(raw.split(`--${boundary}`).find((piece) => piece.includes(`Content-Type: ${type}`)) ?? '');
  const [, subject = ''] = /^Subject: ((?:.|\r\n[ \t])*)/m.exec(raw) ?? [];
  return { raw, subject: decodeWords(subject), text: part('text/plain'), html: part('text/html') };
}

/** RFC 2045: quoted-printable, base64, or as it is. */
function decodePart(part: string): string {
  const [head = '', ...body] = part.split('\r\n\r\n');
  const text = body.join('\r\n\r\n');
  if (/base64/i.test(head)) return Buffer.from(text, 'base64').toString('utf8');
  return /quoted-printable/i.test(head) ? decodeQuoted(text) : Buffer.from(text, 'latin1').toString('utf8');
}

function decodeQuoted(text: string): string {
  const bytes = text.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** RFC 2047's encoded words of a header. */
function decodeWords(header: string): string {
  const joined = header.replace(/\?=\s+=\?/g, '?==?').replace(/\r\n[ \t]/g, ' ');
  return joined.replace(/=\?utf-8\?([QB])\?([^?]*)\?=/gi, (_, way: string, text: string) =>
    way.toUpperCase() === 'B' ? Buffer.from(text, 'base64').toString('utf8') : decodeQuoted(text.replaceAll('_', ' ')),
  );
}
