import { afterEach, describe, expect, it } from 'vitest';
import { startMailServer, type MailServer } from '../../test/mail-server.ts';
import { createMailer } from './mailer.ts';
import { writeLetter } from './write-letter.ts';

const servers: MailServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});
async function startServer(options?: Parameters<typeof startMailServer>[0]): Promise<MailServer> {
  const server = await startMailServer(options);
  servers.push(server);
  return server;
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
    expect(received[0]?.raw).toContain('=?UTF-8?');
    expect(received[0]).toMatchObject({ subject: '欢迎', text: expect.stringContaining('https://lyss.example/i/abc'), html: expect.stringContaining('<p>Hello</p>') });
  });

  it('is tried again when the server says "not now", and not when it says no', async () => {
    const passing = await startServer({ refusals: 2 });
    const mailer = open(passing.url);
    await mailer.send(letter);
    expect([passing.tries(), passing.received.length]).toEqual([3, 1]);
    mailer.close();
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
    expect(received[0]?.raw).not.toMatch(/^Bcc:/m);
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
