import { ChatPage } from '../pages/chat-page.ts';
import type { Api } from '../api.ts';
import { expect, test } from '../test.ts';

// Words, 250 a second: a page that opens on a busy machine must still find the answer running.
const STILL_RUNNING = 2_000;
const ENDED_MS = 45_000;

async function readAnswer(api: Api, id: string): Promise<string> {
  const { items } = await api.call('chat.listMessages', { params: { id } });
  const answer = items.find(({ role }) => role === 'assistant');
  return answer?.content.map((part) => (part.type === 'text' ? part.text : '')).join('') ?? '';
}

test('a reload in mid-answer goes on to the same final text', async ({ page, admin }) => {
  const chat = new ChatPage(page);
  await chat.open();
  await chat.ask(`demo:long=${STILL_RUNNING} go on`);
  const id = await chat.readConversationId();
  await expect(chat.words).toContainText(/\w+ \w+ \w+/);
  await page.reload();
  await expect(chat.stop, 'the answer still runs').toBeVisible();
  await expect(chat.ended).toBeVisible({ timeout: ENDED_MS });
  const text = await readAnswer(admin.api, id);
  expect(text.split(/\s+/).length).toBeGreaterThanOrEqual(STILL_RUNNING);
  await expect(chat.answers).toContainText(text.replace(/\s+/g, ' ').trim().slice(-200));
});

test('a second tab follows the answer that the first one started', async ({ page, context, admin }) => {
  const chat = new ChatPage(page);
  await chat.open();
  await chat.ask(`demo:long=${STILL_RUNNING} go on`);
  const id = await chat.readConversationId();
  const second = new ChatPage(await context.newPage());
  await second.page.goto(`/chat/${id}`);
  await expect(second.stop, 'the second tab shows that it runs').toBeVisible();
  await expect(second.ended).toBeVisible({ timeout: ENDED_MS });
  const text = await readAnswer(admin.api, id);
  for (const tab of [chat, second]) await expect(tab.answers).toContainText(text.replace(/\s+/g, ' ').trim().slice(-200));
});

test('without network the page says so, and the answer is whole when the network is back', async ({ page, context, admin, watch }) => {
  watch.declare(/ERR_INTERNET_DISCONNECTED/);
  const chat = new ChatPage(page);
  await chat.open();
  await chat.ask('demo:long=900 go on');
  const id = await chat.readConversationId();
  await expect(chat.words).toContainText(/\w+ \w+ \w+/);
  await context.setOffline(true);
  await expect(page.getByText('You are offline')).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByText('You are offline')).toBeHidden();
  await expect(chat.ended).toBeVisible({ timeout: ENDED_MS });
  const text = await readAnswer(admin.api, id);
  await expect(chat.answers).toContainText(text.replace(/\s+/g, ' ').trim().slice(-200));
});

test('offline nothing can be sent, and what was typed waits', async ({ page, context, admin, watch }) => {
  watch.declare(/ERR_INTERNET_DISCONNECTED/);
  const chat = new ChatPage(page);
  await chat.open();
  await expect(chat.model).toContainText('Lyss');
  await context.setOffline(true);
  await chat.composer.fill(`Hello from ${admin.name}`);
  await chat.composer.press('Enter');
  await expect(chat.send).toHaveAccessibleName('Send · There is no network');
  await expect(chat.composer).toHaveValue(`Hello from ${admin.name}`);
  await context.setOffline(false);
  await chat.composer.press('Enter');
  await expect(chat.questions).toContainText(`Hello from ${admin.name}`);
  await expect(chat.ended).toBeVisible();
});
