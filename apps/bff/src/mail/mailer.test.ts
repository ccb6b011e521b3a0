import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterEach, describe, expect, it } from 'vitest';
import { createMailer } from './mailer.ts';
import { writeLetter } from './write-letter.ts';

interface Received {
  from: string;
  to: string[];
  text: string;
}
let server: SMTPServer | null = null;
afterEach(() => new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve())));

/** A mail server on this machine that answers the first `refusals` letters with `code`. */
async function startServer({ refusals = 0, code = 451 } = {}): Promise<{ url: string; received: Received[]; tries: () => number }> {
  const received: Received[] = [];
  let tries = 0;
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      let text = '';
      stream.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
      stream.on('end', () => {
        if (++tries <= refusals) return done(Object.assign(new Error('not now'), { responseCode: code }));
        received.push({ from: session.envelope.mailFrom ? session.envelope.mailFrom.address : '', to: session.envelope.rcptTo.map(({ address }) => address), text });
        done();
      });
    },
  });
  const listening = server;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', () => resolve()));
  const { port } = listening.server.address() as AddressInfo;
  return { url: `smtp://127.0.0.1:${port}`, received, tries: () => tries };
}

const letter = { to: 'ada@example.com', ...writeLetter({ subject: '欢迎', paragraphs: ['Hello'], action: { label: 'Open', url: 'https://lyss.example/i/abc' }, footer: 'Sent by Lyss' }) };
const open = (smtp_url: string) => createMailer({ smtp_url, from: 'Lyss <lyss@example.com>' }, 1);

describe('a letter', () => {
  it('reaches the mail server whole, in both forms', async () => {
    const { url, received } = await startServer();
    const mailer = open(url);
    await mailer.send(letter);
    mailer.close();
    expect(received).toMatchObject([{ from: 'lyss@example.com', to: ['ada@example.com'] }]);
    const [{ text }] = received as [Received];
    expect(text).toContain('=?UTF-8?');
    expect(text).toContain('text/plain');
    expect(text).toContain('text/html');
  });

  it('is tried again when the server says "not now", and not when it says no', async () => {
    const passing = await startServer({ refusals: 2 });
    const mailer = open(passing.url);
    await mailer.send(letter);
    expect([passing.tries(), passing.received.length]).toEqual([3, 1]);
    mailer.close();
    await new Promise<void>((resolve) => server?.close(() => resolve()));
    const final = await startServer({ refusals: 9, code: 550 });
    const other = open(final.url);
    await expect(other.send(letter)).rejects.toThrow('not now');
    other.close();
    expect(final.tries()).toBe(1);
  });

  it('can’t be turned into several by a name or an address with line breaks', async () => {
    const { url, received } = await startServer();
    const mailer = open(url);
    await mailer.send({ ...letter, to: 'ada@example.com', subject: 'Hi\r\nBcc: eve@example.com' });
    mailer.close();
    expect(received.map(({ to }) => to)).toEqual([['ada@example.com']]);
    expect(received[0]?.text).not.toMatch(/^Bcc:/m);
  });

  it('has nowhere to go without a mail server', async () => {
    const mailer = createMailer(null);
    expect(mailer.is_configured).toBe(false);
    await expect(mailer.send(letter)).rejects.toThrow('no mail server');
  });
});

it('a letter’s HTML says what its text says, and holds no markup that came with a name', () => {
  const { text, html } = writeLetter({ subject: 's', paragraphs: ['<script>alert(1)</script> & "Ada"'], action: { label: "It's", url: 'https://x.example/?a=1&b="2"' }, footer: 'f' });
  expect(text).toContain('<script>alert(1)</script> & "Ada"');
  expect(html).toContain('&#60;script&#62;');
  expect(html).not.toContain('<script');
  expect(html).toContain('href="https://x.example/?a=1&#38;b=&#34;2&#34;"');
});
