import { Api } from '../api.ts';
import { expect, test, type Page } from '../test.ts';

test.use({ viewport: { width: 390, height: 844 } });

// As long as the contract lets it be, and without a space anywhere.
const fill = (text: string, length: number) => text + 'W'.repeat(length - text.length);
const ACTIVE = `"><img/src=x/onerror=ran=1><svg/onload=ran=1>`;
const NAME = 80;
const ROLE = 60;
const TITLE = 200;
const OVERRIDE = '\u{202e}';
const content = `[a way out](javascript:ran=1) <a href="javascript:ran=1">here</a> ${ACTIVE} ${OVERRIDE}gpj.exe ${'W'.repeat(500)}`;

/** What somebody wrote stands there as text: nothing of it ran or became a part of the page, and nothing is wider than a phone. */
async function expectHarmless(page: Page, path: string, text: string): Promise<void> {
  await page.goto(path);
  // On a phone the matrix shows one role, chosen from a list of all.
  await expect(page.getByText(text).filter({ visible: true }).or(page.getByRole('combobox').filter({ hasText: text })).first(), `${path} shows it`).toBeVisible();
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
  const judged = await page.evaluate(() => ({
    ran: (window as unknown as { ran?: number }).ran ?? null,
    parts: document.querySelectorAll('img[src="x"], svg[onload], [onerror], a[href^="javascript:" i]').length,
    too_wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  }));
  expect.soft(judged, path).toEqual({ ran: null, parts: 0, too_wide: 0 });
}

test('what members call themselves, their keys, roles and conversations does nothing to the admin who reads it', async ({ page, admin, openAs, run }) => {
  const { person, page: theirs } = await openAs(['end_user']);
  const member = new Api(theirs.request, run.url);
  const [name, key, role, title] = [fill(`N${ACTIVE}`, NAME), fill(`K${ACTIVE}`, NAME), fill(`R${ACTIVE}`, ROLE), fill(`T${ACTIVE}`, TITLE)];
  await expect(member.call('auth.updateMe', { body: { name: `${OVERRIDE}nimda` } }), 'what turns text round is no name').rejects.toThrow(/answers 400/);
  await member.call('auth.updateMe', { body: { name } });
  const made = await member.call('apiKeys.create', { body: { name: key, scopes: ['chat.use'] } });
  const { items } = await admin.api.call('models.list');
  const model = items.find(({ demo }) => demo)?.name ?? '';
  const conversation = await member.call('chat.createConversation', { body: { title, model } });
  await member.ask(conversation.id, `demo:echo ${content}`, model);
  const { id } = await admin.api.call('roles.create', { body: { name: role, permissions: ['chat.use'] } });
  const { version } = await admin.api.call('users.read', { params: { id: person.id } });
  await admin.api.call('users.update', { params: { id: person.id }, if_match: version, body: { custom_role_ids: [id] } });
  const look = await admin.api.call('looks.start', { params: { id: person.id }, body: { reason: fill(`L${ACTIVE}`, TITLE) } });
  const [changed] = (await admin.api.call('audit.list', { query: { action: 'users.updated' } })).items;
  for (const [path, text] of [
    ['/users', name], [`/users?peek=${person.id}`, name], ['/api-keys?tab=all', key], [`/api-keys?tab=all&peek=${made.id}`, key],
    ['/roles', role], [`/roles?peek=${id}`, role], ['/roles?tab=matrix', role], ['/audit', name], [`/audit?peek=${changed?.id}`, name],
    [`/looks/${look.id}`, title], [`/looks/${look.id}/${conversation.id}`, 'gpj.exe'],
  ] as const) await expectHarmless(page, path, text);
  await expectHarmless(theirs, '/profile', 'L">');
});

test('what a tenant calls itself does nothing to the operator', async ({ page, operator, founded, run }) => {
  const name = fill(`H${ACTIVE}`, NAME);
  const { id, workspace } = founded.tenant;
  await new Api(founded.admin.request, run.url).call('tenants.updateOwn', { body: { name } });
  expect((await operator.call('tenants.read', { params: { id } })).name).toBe(name);
  for (const path of [`/tenants?search=${workspace}`, `/tenants?peek=${id}`]) await expectHarmless(page, path, name);
  for (const press of ['Suspend', 'Delete', 'Rename']) {
    await page.getByRole('dialog').getByRole('button', { name: press, exact: true }).first().click();
    await expect(page.locator('dialog[open]')).toContainText(name.slice(0, 20));
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), press).toBe(0);
    await page.keyboard.press('Escape');
    await expect(page.locator('dialog[open]')).toHaveCount(0);
  }
});
