import { newPerson } from '../data/people.ts';
import { ChatPage } from '../pages/chat-page.ts';
import { SetUpPage } from '../pages/set-up-page.ts';
import { expect, test } from '../test.ts';
import { answered } from '../watch.ts';

test('a server killed in mid-answer keeps the text so far, marks it interrupted, and can answer anew', async ({ page, fresh: server, watch }) => {
  test.slow();
  // The browser says so itself while nobody listens, and while the server comes back.
  watch.declare(/ERR_(CONNECTION_REFUSED|INCOMPLETE_CHUNKED_ENCODING|EMPTY_RESPONSE|CONNECTION_RESET)/, answered(503));
  const setUp = new SetUpPage(page);
  await page.goto(server.setup_link() ?? '');
  await setUp.fillOwner(newPerson('Olive Owner'));
  await setUp.fillTenant('Harbour Works', 'harbour');
  await expect(setUp.progress(3)).toBeVisible();
  await page.goto(`${server.url}/chat`);
  const chat = new ChatPage(page);
  await chat.ask('demo:slow tell me');
  await expect(chat.words).toContainText(/(\w+\s){4}/);
  const before = (await chat.words.innerText()).split('\n').at(-1) ?? '';
  await server.kill();
  await server.start();
  await expect(chat.answers).toContainText('the text so far was kept', { timeout: 20_000 });
  await page.reload();
  await expect(chat.answers).toContainText('the text so far was kept');
  await expect(chat.words).toContainText(before);
  await chat.answers.getByRole('button', { name: 'Regenerate' }).first().click();
  await expect(chat.stop).toBeVisible();
  await expect(chat.answers).not.toContainText('the text so far was kept');
  await expect(chat.words).toContainText(/(\w+\s){4}/);
  await chat.stop.click();
  await expect(chat.answers).toContainText('Stopped.');
});
