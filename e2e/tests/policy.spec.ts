import { ChatPage } from '../pages/chat-page.ts';
import { expect, test } from '../test.ts';

test('the first page carries the policy: scripts by nonce, nothing from elsewhere, Trusted Types', async ({ request, run }) => {
  const [first, second] = await Promise.all([request.get(run.url), request.get(`${run.url}/chat`)]);
  const policy = first.headers()['content-security-policy'] ?? '';
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
  for (const rule of ["default-src 'none'", `script-src 'nonce-${nonce}' 'strict-dynamic'`, "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "connect-src 'self'", "require-trusted-types-for 'script'"]) {
    expect(policy.split('; ')).toContain(rule);
  }
  expect(await first.text()).toContain(`nonce="${nonce}"`);
  expect(second.headers()['content-security-policy'], 'a nonce is used once').not.toContain(nonce);
});

test('Trusted Types are on: markup that somebody puts together is refused', async ({ page, watch }) => {
  watch.declare(/Trusted Type|TrustedHTML|require-trusted-types-for/i);
  await page.goto('/sign-in');
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible();
  const refused = await page.evaluate(() => {
    try {
      document.createElement('div').innerHTML = '<img src=x>';
      return 'taken';
    } catch (error) {
      return (error as Error).name;
    }
  });
  expect(refused).toBe('TypeError');
});

const malicious = [
  '<script>window.ran = 1</script><img src="x" onerror="window.ran = 2"><svg onload="window.ran = 3">',
  '<iframe srcdoc="<script>parent.ran = 4</script>"></iframe><style>body { display: none }</style>',
  '[a link](javascript:window.ran=5) [data](data:text/html,<script>window.ran=6</script>) [vb](vbscript:x)',
  '![tracked](https://tracker.example/pixel.png?who=me) <https://tracker.example/auto>',
  '[hidden](https://good.example@evil.example/path)',
].join('\n\n');

test('what a malicious model writes is shown and does nothing', async ({ page, context, admin }) => {
  const chat = new ChatPage(page);
  await chat.open();
  await chat.ask(`demo:echo ${malicious}\n\nThe end, ${admin.name}.`);
  await expect(chat.ended).toBeVisible();
  await expect(chat.answers).toContainText(`The end, ${admin.name}.`);
  await expect(chat.answers, 'markup is text').toContainText('<script>window.ran = 1</script>');
  await expect(chat.answers.locator('script, iframe, style, img, svg[onload], object, embed')).toHaveCount(0);
  const addresses = await chat.answers.locator('a').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
  expect(addresses.filter((address) => /^(javascript|data|vbscript):/i.test(address))).toEqual([]);
  expect(await page.evaluate(() => (window as unknown as { ran?: number }).ran ?? null), 'nothing ran').toBe(null);
  expect(context.pages()).toHaveLength(1);
});

test('a link of an answer shows its whole address before anybody follows it', async ({ page, context, admin: _signedIn }) => {
  const chat = new ChatPage(page);
  await chat.open();
  await chat.ask('demo:echo [our bank](https://good.example@evil.example/path)');
  await expect(chat.ended).toBeVisible();
  await chat.answers.getByText('our bank').click();
  const question = page.getByRole('dialog', { name: 'Open an external link?' });
  await expect(question).toContainText('evil.example/path');
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(question).toBeHidden();
  expect(context.pages(), 'nothing was opened').toHaveLength(1);
});
