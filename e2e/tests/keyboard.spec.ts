import { tabTo } from '../keyboard.ts';
import { ChatPage } from '../pages/chat-page.ts';
import { ShellPage } from '../pages/shell-page.ts';
import { SignInPage } from '../pages/sign-in-page.ts';
import { expect, test } from '../test.ts';

test('by keyboard alone: sign in, ask, stop, begin anew, go elsewhere by the palette', async ({ page, tenant }) => {
  const signIn = new SignInPage(page);
  const chat = new ChatPage(page);
  const shell = new ShellPage(page);
  await page.goto('/chat');
  await expect(signIn.email).toBeFocused();
  await page.keyboard.type(tenant.admin.email);
  await page.keyboard.press('Tab');
  await page.keyboard.type(tenant.admin.password);
  await page.keyboard.press('Enter');
  await expect(chat.composer).toBeFocused();
  await expect(chat.model).toContainText('Lyss Demo');
  await page.keyboard.type('demo:slow tell me');
  await page.keyboard.press('Enter');
  await expect(chat.answers).toContainText(/(\w+\s){2}/);
  await page.keyboard.press('Escape');
  await expect(chat.answers).toContainText('Stopped.');
  await tabTo(page, page.getByRole('link', { name: 'New chat' }).first());
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/chat');
  await expect(shell.heading).toHaveText('What would you like to get done?');
  await page.keyboard.press('Control+k');
  await expect(shell.palette).toBeVisible();
  await page.keyboard.type('users');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/users');
  await expect(shell.heading).toHaveText('Users');
});

test('the first Tab offers to skip to the content, and Shift+Enter breaks the line', async ({ page, admin }) => {
  await page.goto('/');
  await expect(new ShellPage(page).heading).toContainText(admin.name);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  const chat = new ChatPage(page);
  await chat.open();
  await chat.composer.focus();
  await page.keyboard.type('one');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('two');
  await expect(chat.composer).toHaveValue('one\ntwo');
});

for (const { locale, words } of [
  { locale: 'en-US', words: { palette: 'Commands', sheet: 'Shortcuts', typed: 'sett', page: 'Tenant settings', skip: 'Skip to content' } },
  { locale: 'zh-CN', words: { palette: '命令', sheet: '快捷键', typed: 'zhsz', page: '租户设置', skip: '跳到内容' } },
] as const) {
  test.describe(locale, () => {
    test.use({ locale });
    test(`the palette, the sheet of keys and the skip link work in ${locale}`, async ({ page, admin }) => {
      const shell = new ShellPage(page);
      await page.goto('/users');
      await expect(page.getByRole('row').filter({ hasText: admin.email })).toBeVisible();
      await page.keyboard.press('Tab');
      await expect(page.getByRole('link', { name: words.skip })).toBeFocused();
      await page.keyboard.press('?');
      const sheet = page.getByRole('dialog', { name: words.sheet });
      await expect(sheet).toBeVisible();
      await expect(sheet.getByText('J', { exact: true })).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(sheet).toBeHidden();
      await page.keyboard.press('Control+k');
      await expect(page.getByRole('dialog', { name: words.palette })).toBeVisible();
      await page.keyboard.type(words.typed);
      await page.keyboard.press('Enter');
      await expect(page).toHaveURL('/settings');
      await expect(shell.heading).toHaveText(words.page);
      await page.keyboard.press('g');
      await page.keyboard.press('u');
      await expect(page).toHaveURL('/users');
    });
  });
}

test.describe('on a small screen', () => {
  test.use({ viewport: { width: 390, height: 600 } });
  test('a drawer longer than the screen begins at its first field', async ({ page, operator }) => {
    expect((await operator.call('auth.me')).roles).toEqual(['super_admin']);
    await page.goto('/tenants?peek=new');
    await expect(page.getByRole('dialog', { name: 'New tenant' }).getByRole('textbox', { name: 'Name' }).first()).toBeFocused();
  });
});

test('a drawer keeps the focus inside, closes on Esc, and gives the focus back', async ({ page, admin }) => {
  await page.goto('/users');
  await expect(page.getByRole('row').filter({ hasText: admin.email })).toBeVisible();
  await tabTo(page, page.getByRole('button', { name: 'Add user' }).first());
  await page.keyboard.press('Enter');
  const drawer = page.getByRole('dialog', { name: 'Add user' });
  await expect(drawer.getByRole('textbox', { name: 'Name', exact: true })).toBeFocused();
  for (let step = 0; step < 20; step += 1) {
    await page.keyboard.press('Tab');
    // The body stands for the browser's own bar, which every dialog lets a keyboard reach.
    const inside = await drawer.evaluate((element) => element.contains(document.activeElement) || document.activeElement === document.body);
    expect(inside, 'nothing behind the drawer gets the focus').toBe(true);
  }
  await page.keyboard.press('Escape');
  await expect(drawer).toBeHidden();
  await expect(page.getByRole('button', { name: 'Add user' }).first()).toBeFocused();
});
