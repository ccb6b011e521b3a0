import { ChatPage } from '../pages/chat-page.ts';
import { expect, test } from '../test.ts';

const ways = {
  'the button': (chat: ChatPage) => chat.stop.click(),
  Esc: (chat: ChatPage) => chat.page.keyboard.press('Escape'),
};

for (const [name, stop] of Object.entries(ways)) {
  test(`${name} stops an answer: the text so far stays, and the supplier is let go`, async ({ page, addSupplier, request, run }) => {
    const { key } = await addSupplier();
    const chat = new ChatPage(page);
    await page.goto('/chat?model=steady');
    await chat.ask('Count');
    await expect(chat.answers).toContainText('word5');
    await stop(chat);
    await expect(chat.answers).toContainText('Stopped. The text so far was kept.');
    await expect(chat.send).toBeVisible();
    await expect(chat.composer, 'the next question can be typed at once').toBeFocused();
    await expect(chat.answers).toContainText('word5');
    await expect(chat.answers).not.toContainText('word600');
    await expect.poll(async () => (await request.get(`${run.supplier_url}/open/${key}`)).json()).toEqual({ open: 0 });
  });
}

test('an answer that never begins can be stopped, and the next question is free', async ({ page, addSupplier, request, run }) => {
  const { key } = await addSupplier();
  const chat = new ChatPage(page);
  await page.goto('/chat?model=hang');
  await chat.ask('Anybody there?');
  await expect.poll(async () => (await request.get(`${run.supplier_url}/open/${key}`)).json()).toEqual({ open: 1 });
  await chat.stop.click();
  await expect(chat.answers).toContainText('Stopped.');
  await expect.poll(async () => (await request.get(`${run.supplier_url}/open/${key}`)).json()).toEqual({ open: 0 });
  await chat.chooseModel('sample-openai-text');
  await chat.ask('And now?');
  await expect(chat.answers.last()).toContainText('你好，世界');
});
