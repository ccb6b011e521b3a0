import AxeBuilder from '@axe-core/playwright';
import { ChatPage } from '../pages/chat-page.ts';
import { expect, test } from '../test.ts';

test('an answer’s headings, its language and its times are right, also after a reload', async ({ page, admin }) => {
  const chat = new ChatPage(page);
  await chat.open();
  await expect(chat.model).toContainText('Lyss Demo');
  await chat.ask(`demo:markdown please, said ${admin.name}`);
  await expect(chat.ended).toBeVisible();
  await expect(chat.answers.getByRole('heading', { level: 3, name: 'Lyss Demo' })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).withRules(['heading-order', 'page-has-heading-one', 'landmark-unique']).analyze();
  expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([]);
  await page.reload();
  await expect(chat.ended).toBeVisible();
  await chat.answers.getByRole('button', { name: 'Usage' }).click();
  const usage = chat.answers.getByLabel('Usage of this answer');
  await expect(usage).toContainText('First token');
  await expect(usage).toContainText('Duration');
});

test('an English answer keeps narrow quotes on a Chinese page, and a Chinese one wide ones on an English page', async ({ page, admin }) => {
  const chat = new ChatPage(page);
  const measure = (text: string) =>
    chat.answers.getByText(text).evaluate((element) => {
      const range = document.createRange();
      const node = element.firstChild as Text;
      range.setStart(node, node.data.indexOf('“'));
      range.setEnd(node, node.data.indexOf('“') + 1);
      return { lang: element.closest('[lang]')?.getAttribute('lang'), em: range.getBoundingClientRect().width / Number.parseFloat(getComputedStyle(element).fontSize) };
    });
  await chat.open();
  await chat.ask(`demo:echo They said “it is done” to ${admin.name}.`);
  await expect(chat.ended).toBeVisible();
  const english = await measure('They said');
  expect(english).toMatchObject({ lang: 'en' });
  expect(english.em).toBeLessThan(0.6);
  await chat.ask('demo:echo 他们说“已经完成了”，我们再看看。');
  await expect(chat.answers).toHaveCount(2);
  await expect(chat.ended).toBeVisible();
  const chinese = await measure('他们说');
  expect(chinese).toMatchObject({ lang: 'zh-CN' });
  expect(chinese.em).toBeGreaterThan(0.9);
});

test('a conversation that is not there says so under a heading, and leads on', async ({ page, admin, watch }) => {
  watch.declare(/status of 404/);
  const chat = new ChatPage(page);
  await page.goto('/chat/01990000-0000-7000-8000-000000000001');
  await expect(page.getByText('This conversation was not found')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
  await page.locator('section').getByRole('link', { name: 'New chat' }).click();
  await chat.ask(`demo:echo here, said ${admin.name}`);
  await expect(chat.answers).toContainText(`here, said ${admin.name}`);
});
