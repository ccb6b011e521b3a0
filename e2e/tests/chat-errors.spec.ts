import { ChatPage } from '../pages/chat-page.ts';
import { expect, test } from '../test.ts';

test('an answer that breaks off keeps its text and says what to do', async ({ page, addSupplier }) => {
  await addSupplier();
  const chat = new ChatPage(page);
  await page.goto('/chat?model=cut');
  await chat.ask('Count');
  await expect(chat.failure).toContainText(/the text so far was kept/i);
  await expect(chat.answers).toContainText('word6');
  await expect(chat.failure.getByRole('button', { name: 'Continue' })).toBeVisible();
});

test('a key that the supplier takes no more is named, with the way to replace it', async ({ page, addSupplier }) => {
  await addSupplier();
  const chat = new ChatPage(page);
  await page.goto('/chat?model=refuse');
  await chat.ask('Hello');
  await expect(chat.failure).toContainText('The supplier does not accept the key.');
  await chat.failure.getByRole('link', { name: 'Check suppliers' }).click();
  await expect(page).toHaveURL(/\/suppliers/);
});

test('a retry after an error asks the same again, and the answer takes its place', async ({ page, addSupplier }) => {
  await addSupplier();
  const chat = new ChatPage(page);
  await page.goto('/chat?model=busy-once');
  await chat.ask('Count for me');
  await expect(chat.failure).toContainText('The supplier limits how often it is asked.');
  await expect(chat.questions).toContainText('Count for me');
  await chat.failure.getByRole('button', { name: 'Retry' }).click();
  await expect(chat.answers).toContainText('word6');
  await expect(chat.failure).toBeHidden();
  await expect(chat.questions).toHaveCount(1);
});

test('a message that the server refuses is back in the box as it was typed', async ({ page, admin, watch }) => {
  watch.declare(/status of 503/);
  const chat = new ChatPage(page);
  await chat.open();
  await chat.ask('first');
  await expect(chat.ended).toBeVisible();
  await page.route('**/replies', (route) => route.fulfill({ status: 503, json: { success: false, error: { code: '5004', message: 'The server is restarting.' }, request_id: 'e2e', timestamp: new Date().toISOString() } }));
  await chat.ask(`second, typed by ${admin.name}`);
  await expect(page.getByRole('alert').filter({ hasText: 'Your text is back in the box.' })).toBeVisible();
  await expect(chat.composer).toHaveValue(`second, typed by ${admin.name}`);
});
