import { closedLinks, visitors } from '../data/places.ts';
import { AnyPage } from '../pages/any-page.ts';
import { ChatPage } from '../pages/chat-page.ts';
import { ShellPage } from '../pages/shell-page.ts';
import { expect, test } from '../test.ts';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

for (const by of visitors) {
  test(`no page of the ${by} is wider than a phone`, async ({ page, enter, watch }) => {
    test.slow();
    watch.declare(closedLinks);
    const any = new AnyPage(page);
    for (const place of await enter(by)) {
      await expect(await any.open(place, 'en-US')).toBeVisible();
      expect.soft(await any.measureOverflow(), `pixels that ${place.name} is too wide`).toBe(0);
    }
  });
}

test('on a phone the places are in a drawer that closes behind the choice', async ({ page, admin }) => {
  const shell = new ShellPage(page);
  await page.goto('/');
  await expect(shell.heading).toContainText(admin.name);
  await expect(shell.navigation).toBeHidden();
  await shell.openMenu.tap();
  await shell.place('Users').tap();
  await expect(shell.heading).toHaveText('Users');
  await expect(shell.navigation).toBeHidden();
});

test('on a phone a chat is asked, answered and found again in the drawer', async ({ page, admin }) => {
  const chat = new ChatPage(page);
  await chat.open();
  await chat.ask(`demo:echo ${admin.name} was here`);
  await expect(chat.answers).toContainText(`${admin.name} was here`);
  await expect(chat.ended).toBeVisible();
  await page.goto('/chat');
  await page.getByRole('button', { name: 'Open conversations' }).tap();
  await chat.conversations.getByRole('link', { name: /./ }).nth(1).tap();
  await expect(chat.answers).toContainText(`${admin.name} was here`);
  await expect(chat.conversations).toBeHidden();
});
