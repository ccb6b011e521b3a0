import { foundTenant } from '../data/found-tenant.ts';
import { Api } from '../api.ts';
import { ChatPage } from '../pages/chat-page.ts';
import { expect, test } from '../test.ts';
import { answered } from '../watch.ts';

test('another tenant’s conversation, people and suppliers are not there, in the page and behind it', async ({ page, admin, founder, playwright, run, watch }) => {
  watch.declare(answered(404));
  const { tenant: other, admin: stranger } = await foundTenant(founder, playwright.request, run.url, 'en-US');
  const theirs = new Api(stranger.request, run.url);
  const secret = await theirs.call('chat.createConversation', { body: { title: `Plans of ${other.name}` } });
  await page.goto(`/chat/${secret.id}`);
  await expect(page.getByText('This conversation was not found')).toBeVisible();
  await expect(new ChatPage(page).conversations).toContainText('No conversations yet');
  await page.goto('/users');
  await expect(page.getByRole('row').filter({ hasText: admin.email })).toBeVisible();
  await expect(page.getByText(stranger.email)).toHaveCount(0);
  const [supplier] = (await theirs.call('suppliers.list')).items;
  const answer = await page.request.get(`${run.url}/api/v1/admin/suppliers/${supplier?.id}`);
  expect(answer.status()).toBe(404);
  await stranger.request.dispose();
});
