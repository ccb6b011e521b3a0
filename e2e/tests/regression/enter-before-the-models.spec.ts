import { ChatPage } from '../../pages/chat-page.ts';
import { expect, test } from '../../test.ts';

test('Enter before the models are known says what it waits for, and the message goes by itself', async ({ page, admin }) => {
  const { promise: loaded, resolve: load } = Promise.withResolvers<void>();
  await page.route('**/api/v1/models', async (route) => {
    await loaded;
    await route.continue();
  });
  const chat = new ChatPage(page);
  await chat.open();
  await chat.composer.fill(`demo:echo early, said ${admin.name}`);
  await chat.composer.press('Enter');
  await expect(page.getByRole('status').filter({ hasText: 'Still loading; it is sent as soon as that is done' })).toBeVisible();
  await expect(chat.composer).toHaveValue(/early/);
  load();
  await expect(chat.answers).toContainText(`early, said ${admin.name}`);
  await expect(chat.composer).toHaveValue('');
});

test('what is typed while a conversation is made is in its box, behind a first message that was refused', async ({ page, admin, watch }) => {
  watch.declare(/status of 503/);
  await page.route('**/replies', async (route) => {
    await route.fulfill({ status: 503, json: { success: false, error: { code: '5004', message: 'The server is restarting.' }, request_id: 'e2e', timestamp: new Date().toISOString() } });
  });
  const { promise: typed, resolve: type } = Promise.withResolvers<void>();
  await page.route('**/conversations', async (route) => {
    if (route.request().method() === 'POST') await typed;
    await route.continue();
  });
  const chat = new ChatPage(page);
  await chat.open();
  await chat.ask(`first, said ${admin.name}`);
  await chat.composer.fill('typed meanwhile');
  type();
  await chat.readConversationId();
  await expect(chat.composer).toHaveValue(`first, said ${admin.name}\n\ntyped meanwhile`);
});
