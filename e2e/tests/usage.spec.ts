import { readFileSync } from 'node:fs';
import { listBarriers } from '../barriers.ts';
import { UsagePage } from '../pages/usage-page.ts';
import { expect, test } from '../test.ts';

test('an admin sees what a chat used, goes from the chart to its request, and takes figures and a picture along', async ({ page, admin }) => {
  const { id } = await admin.api.call('chat.createConversation', { body: {} });
  await admin.api.ask(id, 'demo:echo one', 'lyss-demo');
  await admin.api.ask(id, 'demo:error=500', 'lyss-demo');
  const usage = new UsagePage(page);
  await page.goto('/usage');
  await expect(usage.top.getByRole('row', { name: /lyss-demo/ })).toBeVisible();
  await usage.chart('Failures').focus();
  await page.keyboard.press('End');
  await expect(usage.chart('Failures')).toHaveAttribute('aria-valuetext', /lyss-demo 1$/);
  await page.getByRole('button', { name: 'Table Requests' }).click();
  await expect(page.getByRole('table', { name: 'Requests' }).getByRole('row')).toHaveCount(31);
  expect(await listBarriers(page), 'charts and a table').toEqual([]);

  const csv = readFileSync(await (await usage.save('Download CSV')).path(), 'utf8');
  expect(csv).toMatch(/^\uFEFFday,model,requests,/);
  expect(csv).toMatch(/,lyss-demo,\d+,1,/);
  const picture = readFileSync(await (await usage.save(/^Save “Tokens”/)).path());
  expect(picture.subarray(1, 4).toString()).toBe('PNG');

  await usage.chart('Failures').focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/requests\?.*outcome=unsuccessful/);
  await expect(usage.requests.getByRole('row')).toHaveCount(2);
  await usage.requests.getByRole('button', { name: 'lyss-demo' }).click();
  await expect(usage.peek.getByText('1 attempt')).toBeVisible();
  expect(await listBarriers(page), 'a request').toEqual([]);
  await usage.peek.getByRole('link', { name: 'Open the conversation' }).click();
  await expect(page).toHaveURL(new RegExp(`/chat/${id}`));
});

test('a request that is made while somebody follows the log comes by itself', async ({ page, admin }) => {
  const { id } = await admin.api.call('chat.createConversation', { body: { title: 'Followed' } });
  await admin.api.ask(id, 'demo:echo before', 'lyss-demo');
  const usage = new UsagePage(page);
  await page.goto('/requests?surface=chat');
  await page.getByRole('switch', { name: 'Live' }).click();
  await expect(page).toHaveURL(/live=on/);
  await page.mouse.move(1, 1);
  const before = await usage.requests.getByRole('row').count();
  await admin.api.ask(id, 'demo:echo after', 'lyss-demo');
  await expect(page.getByText('1 new', { exact: true })).toBeVisible({ timeout: 15_000 });
  await expect(usage.requests.getByRole('row')).toHaveCount(before + 1);
});
