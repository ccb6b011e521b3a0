import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, PASSWORD, type TestApp } from '../../../test/app.ts';
import { linkIn, startMailServer, type MailServer } from '../../../test/mail-server.ts';
import type { Mailer } from '../../mail/mailer.ts';

let mail: MailServer;
let app: TestApp;
beforeAll(async () => {
  mail = await startMailServer();
  app = await createTestApp({}, { LYSS_SMTP_URL: mail.url, LYSS_MAIL_FROM: 'Lyss <lyss@example.com>' });
});
afterAll(async () => {
  await app.close();
  await mail.close();
});

const add = (body: object, of = app) => of.call('POST', '/api/v1/admin/users', { as: of.owner, body: { email: `${crypto.randomUUID()}@example.com`, name: 'Ina Vited', ...body } });
const linkOf = async (id: string, of = app) => (await of.call('GET', `/api/v1/admin/users/${id}`, { as: of.owner })).body.data.link;

describe('an invitation', () => {
  it('leaves by letter, in the person’s language, with the very link that the admin sees', async () => {
    const made = await add({ locale: 'zh-CN' });
    const { user, invitation, delivery } = made.body.data;
    expect(delivery).toBe('sent_soon');
    const letter = await mail.findTo(user.email);
    expect(letter.from).toBe('lyss@example.com');
    expect(letter.subject).toBe('邀请你加入 First');
    expect(letter.text).toContain('Olive Owner 邀请你使用 First 的 Lyss');
    expect(letter.html).toContain(invitation.url);
    expect(linkIn(letter).href).toBe(invitation.url);
    await expect.poll(() => linkOf(user.id)).toEqual({ purpose: 'invitation', delivery: 'sent', failure: null, created_at: expect.any(String), expires_at: invitation.expires_at });
    const token = linkIn(letter).pathname.split('/').at(-1);
    expect((await app.call('POST', `/api/v1/auth/invitations/${token}`, { body: { password: PASSWORD } })).status).toBe(200);
    expect(await linkOf(user.id)).toBeNull();
  });

  it('of a tenant’s first admin leaves too; a reset as well, with its own words', async () => {
    const email = `${crypto.randomUUID()}@example.com`;
    const workspace = `new-${crypto.randomUUID().slice(0, 8)}`;
    const made = await app.call('POST', '/api/v1/admin/tenants', { as: app.owner, body: { name: 'New house', workspace, locale: 'en-US', admin: { email, name: 'First' } } });
    expect(made.body.data.delivery).toBe('sent_soon');
    const letter = await mail.findTo(email);
    expect(letter.subject).toBe('You are invited to New house');
    expect(linkIn(letter).href).toBe(made.body.data.invitation.url);
    const person = await app.signInAs('end_user');
    const reset = await app.call('POST', `/api/v1/admin/users/${person.user_id}/reset-password`, { as: app.owner });
    expect(reset.body.data.invitation.url).toMatch(/\/password-reset\/[\w-]{43}$/);
    await expect.poll(async () => (await mail.findTo(person.email)).subject).toBe('Choose a new password for Lyss');
    expect(linkIn(await mail.findTo(person.email)).href).toBe(reset.body.data.invitation.url);
  });

  it('that is refused sends nothing, for nothing was committed', async () => {
    const { email } = (await add({})).body.data.user;
    await mail.findTo(email);
    const before = mail.received.length;
    expect((await add({ email })).status).toBe(409);
    expect((await add({ roles: [] })).status).toBe(400);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(mail.received.length).toBe(before);
  });

  it.each(['Ina\r\nBcc: eve@example.com', 'Ina\nBcc: eve@example.com', 'Ina\u2028Bcc: eve@example.com'])('can’t carry another header in a name (%#)', async (name) => {
    expect((await add({ name })).status).toBe(400);
    for (const email of ['a@example.com\r\nBcc: eve@example.com', 'a@example.com, eve@example.com', 'a@example.com>\nRCPT TO:<eve@example.com']) expect((await add({ email })).status).toBe(400);
    for (const { to, raw } of mail.received) expect([to.join(), /^Bcc:/im.test(raw)]).toEqual([expect.not.stringContaining('eve'), false]);
  });

  it('writes a name with signs of HTML as the letters that it is made of', async () => {
    const made = await app.call('POST', '/api/v1/admin/tenants', { as: app.owner, body: { name: '<b>Bold</b> & Co', workspace: `bold-${crypto.randomUUID().slice(0, 8)}`, locale: 'en-US', admin: { email: 'bold@example.com', name: 'First' } } });
    expect(made.status).toBe(201);
    const letter = await mail.findTo('bold@example.com');
    expect(letter.subject).toBe('You are invited to <b>Bold</b> & Co');
    expect(letter.html).not.toContain('<b>');
  });

  it('stands in no log line', async () => {
    const { invitation, user } = (await add({})).body.data;
    await mail.findTo(user.email);
    const token = invitation.url.split('/').at(-1);
    for (const line of app.lines) for (const secret of [token, user.email]) expect(line).not.toContain(secret);
  });
});

describe('a letter that does not leave', () => {
  const failing = (code: string, responseCode?: number): Mailer => ({
    is_configured: true,
    send: async () => Promise.reject(Object.assign(new Error('550 canary-of-the-server'), { code, ...(responseCode ? { responseCode } : {}) })),
    close: () => undefined,
  });

  it.each([
    ['ECONNECTION', undefined, 'server_unreachable'],
    ['EAUTH', 535, 'sign_in_refused'],
    ['ETLS', undefined, 'not_encrypted'],
    ['EENVELOPE', 550, 'address_refused'],
    ['EMESSAGE', 554, 'letter_refused'],
  ])('says %s plainly with the person, and the invitation can be sent again', async (code, responseCode, failure) => {
    const other = await createTestApp({ mailer: failing(code, responseCode) });
    const { user } = (await add({}, other)).body.data;
    await expect.poll(() => linkOf(user.id, other)).toMatchObject({ delivery: 'failed', failure });
    const again = await other.call('POST', `/api/v1/admin/users/${user.id}/reset-password`, { as: other.owner });
    expect(again.body.data).toMatchObject({ delivery: 'sent_soon', invitation: { url: expect.stringContaining('/invitation/') } });
    expect(other.lines.join()).not.toContain('canary-of-the-server');
    expect(other.lines.join()).toContain(failure);
    await other.close();
  });

  it('because the server ended first stays pending, which is what the console then says', async () => {
    const stuck: Mailer = { is_configured: true, send: () => new Promise(() => undefined), close: () => undefined };
    const other = await createTestApp({ mailer: stuck });
    const { user } = (await add({}, other)).body.data;
    expect(await linkOf(user.id, other)).toMatchObject({ delivery: 'pending', failure: null });
    await other.close();
  });

  it('without a mail server is not tried: the link is copied by hand', async () => {
    const other = await createTestApp();
    const made = (await add({}, other)).body.data;
    expect(made.delivery).toBe('by_hand');
    expect(await linkOf(made.user.id, other)).toMatchObject({ delivery: 'by_hand' });
    await other.close();
  });
});
