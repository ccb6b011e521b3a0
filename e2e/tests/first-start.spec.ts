import { newPerson } from '../data/people.ts';
import { ChatPage } from '../pages/chat-page.ts';
import { SetUpPage } from '../pages/set-up-page.ts';
import { ShellPage } from '../pages/shell-page.ts';
import { expect, test } from '../test.ts';

test('from the first start’s link to the first streamed answer', async ({ page, fresh }) => {
  const setUp = new SetUpPage(page);
  await page.goto(fresh.setup_link() ?? '');
  await expect(setUp.progress(1)).toBeVisible();
  expect(page.url(), 'the token is out of the address').toBe(`${fresh.url}/set-up`);
  await setUp.fillOwner(newPerson('Olive Owner'));
  await setUp.fillTenant('Harbour Works', 'harbour');
  await expect(setUp.progress(3)).toBeVisible();
  await expect(page.getByText('Connected: Lyss Demo')).toBeVisible();
  await setUp.next.click();
  await expect(page.getByText('Everybody in the tenant can chat with these now')).toBeVisible();
  await setUp.next.click();
  await setUp.openChat();
  const chat = new ChatPage(page);
  await expect(chat.composer).toHaveValue('Tell me in three sentences what Lyss can do');
  await chat.send.click();
  await expect(chat.ended, 'the answer has ended').toBeVisible();
  await expect(chat.answers).toContainText('Lyss');
  await expect(chat.answers, 'it says that it is no real model').toContainText('Demo');
  await expect(chat.conversation(/Lyss/)).toBeVisible();
});

test('the link works once, and says so afterwards', async ({ page, fresh, openBrowser }) => {
  const link = fresh.setup_link() ?? '';
  const setUp = new SetUpPage(page);
  await page.goto(link);
  await setUp.fillOwner(newPerson('Olive Owner'));
  await setUp.fillTenant('Harbour Works', 'harbour');
  await expect(setUp.progress(3)).toBeVisible();
  const visitor = await openBrowser();
  await visitor.goto(link);
  await expect(visitor.getByRole('heading', { level: 1 })).toHaveText('The platform is set up already');
});

test('the wizard is taken up where it was left, with what was typed', async ({ page, fresh }) => {
  const setUp = new SetUpPage(page);
  const owner = newPerson('Olive Owner');
  await page.goto(fresh.setup_link() ?? '');
  await setUp.fillOwner(owner);
  await expect(setUp.progress(2)).toBeVisible();
  // The link need not be found again; the password is kept nowhere.
  await page.reload();
  await expect(page.getByText('What you typed before is still here, except the password')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'E-mail' })).toHaveValue(owner.email);
  await expect(page.getByLabel('Password', { exact: true })).toHaveValue('');
  await setUp.fillOwner(owner);
  await setUp.fillTenant('Harbour Works', 'harbour');
  await expect(setUp.progress(3)).toBeVisible();
  expect(await setUp.readStored(), 'the used token is gone').not.toContain('token');
  await page.reload();
  await expect(setUp.progress(3), 'signed in, the wizard goes on where it was').toBeVisible();
  await page.goto(`${fresh.url}/`);
  await expect(new ShellPage(page).heading).toContainText(owner.name);
});

test('the link opens a set-up page that is open already', async ({ page, fresh }) => {
  const setUp = new SetUpPage(page);
  await page.goto(`${fresh.url}/set-up`);
  await expect(setUp.heading).toHaveText('A set-up link is needed');
  await setUp.followInPlace(fresh.setup_link() ?? '');
  await expect(setUp.progress(1)).toBeVisible();
  expect(page.url(), 'the token is out of the address').toBe(`${fresh.url}/set-up`);
});

test('the keyboard goes on at each step’s beginning', async ({ page, fresh }) => {
  const setUp = new SetUpPage(page);
  await page.goto(fresh.setup_link() ?? '');
  await expect(page.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await setUp.fillOwner(newPerson('Olive Owner'));
  await expect(page.getByRole('textbox', { name: 'Organisation' })).toBeFocused();
  await setUp.fillTenant('Harbour Works', 'harbour');
  await expect(page.getByRole('heading', { name: 'Connect a supplier' })).toBeFocused();
  await setUp.next.press('Enter');
  await expect(page.getByRole('heading', { name: 'Models you can use' })).toBeFocused();
  await setUp.next.press('Enter');
  await expect(page.getByRole('textbox', { name: 'First question' })).toBeFocused();
});
