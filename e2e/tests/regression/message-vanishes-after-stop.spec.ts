import { ChatPage } from '../../pages/chat-page.ts';
import { expect, test } from '../../test.ts';

test('a message sent at the instant in which a stopped answer gives the button back is answered', async ({ page, admin }) => {
  // What the page fetches after an answer's end takes long here: this was the time in which a message vanished.
  await page.route('**/messages?*', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await route.continue();
  });
  const chat = new ChatPage(page);
  await chat.open();
  await chat.ask('demo:slow count');
  await expect(chat.words).toContainText(/\w+/);
  await chat.stop.click();
  await chat.composer.fill(`demo:echo still there, said ${admin.name}`);
  await expect(chat.send).toBeVisible();
  await chat.composer.press('Enter');
  await expect(chat.questions).toHaveCount(2);
  await expect(chat.answers.last()).toContainText(`still there, said ${admin.name}`);
  await page.unrouteAll({ behavior: 'ignoreErrors' });
});
