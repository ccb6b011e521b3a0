import { expectNoBarrier } from '../barriers.ts';
import { newKey } from '../data/people.ts';
import { SuppliersPage } from '../pages/suppliers-page.ts';
import { expect, test } from '../test.ts';
import { answered } from '../watch.ts';

const KIND = 'Custom';

test('a good key passes every step, is saved, and its models can be chatted with', async ({ page, admin, run }) => {
  const suppliers = new SuppliersPage(page);
  await suppliers.addOf(KIND);
  await suppliers.fill({ name: `Works of ${admin.name}`, address: `${run.supplier_url}/openai/v1`, key: newKey() });
  await suppliers.test.click();
  await expect(suppliers.testPanel.getByRole('status')).toContainText('Passed in');
  for (const step of ['Address answers', 'Key accepted', 'Models listed', 'One token generated']) {
    await expect(suppliers.step(step)).toContainText('passed');
  }
  // The tests' own supplier speaks http: nothing stood in the way, and nothing was encrypted.
  await expect(suppliers.step('Encrypted connection')).toHaveText('Encrypted connection not encrypted (http)');
  await suppliers.save.click();
  await expect(suppliers.row(`Works of ${admin.name}`)).toContainText('Healthy');
  const { items } = await admin.api.call('models.list');
  expect(items.filter(({ demo, available }) => !demo && available).map(({ name }) => name)).toContain('sample-openai-text');
});

interface Refused {
  what: string;
  todo: RegExp;
  address: (run: { supplier_url: string; dead_url: string }) => string;
  key: string;
  /** The step that fails; all before it pass, all after it are not reached. */
  step: string;
  reached: string[];
}

const refusals: Record<string, Refused> = {
  'a bad key': {
    what: 'The supplier doesn’t accept this key', todo: /complete and neither deleted nor expired/, key: 'sk-wrong',
    address: (run) => `${run.supplier_url}/openai/v1`, step: 'Key accepted', reached: ['Address answers'],
  },
  'a dead host': {
    what: 'This address can’t be reached', todo: /see that it runs/, key: newKey(),
    address: (run) => `${run.dead_url}/v1`, step: 'Address answers', reached: [],
  },
  'a name that nobody has': {
    what: 'This host name was not found', todo: /typing error/, key: newKey(),
    address: () => 'https://dead-host.invalid/v1', step: 'Address answers', reached: [],
  },
  'a private address': {
    what: 'This address isn’t allowed', todo: /LYSS_EGRESS_ALLOW/, key: newKey(),
    address: () => 'https://10.0.0.7/v1', step: 'Address answers', reached: [],
  },
};

for (const [name, refused] of Object.entries(refusals)) {
  test(`${name} is told apart step by step, says what to do, and what was typed stays`, async ({ page, admin, run, watch }) => {
    watch.declare(answered(422), answered(502));
    const suppliers = new SuppliersPage(page);
    const typed = { name: `Works of ${admin.name}`, address: refused.address(run), key: refused.key };
    await suppliers.addOf(KIND);
    await suppliers.fill(typed);
    await suppliers.test.click();
    await expect(suppliers.testPanel.getByRole('status')).toContainText('The test did not pass');
    for (const step of refused.reached) await expect(suppliers.step(step)).toContainText('passed');
    await expect(suppliers.step(refused.step)).toContainText('failed');
    await expect(suppliers.step('One token generated')).toContainText('not reached');
    await expect(suppliers.testPanel).toContainText(refused.what);
    await expect(suppliers.testPanel).toContainText(refused.todo);
    await suppliers.save.click();
    await expect(page.getByRole('alert').filter({ hasText: 'everything you typed is still here' })).toContainText(refused.what);
    await expect(page.getByText(refused.what), 'told once').toHaveCount(1);
    await expect(suppliers.name).toHaveValue(typed.name);
    await expect(suppliers.address).toHaveValue(typed.address);
    await expect(suppliers.key).toHaveValue(typed.key);
    const { items } = await admin.api.call('suppliers.list');
    expect(items.map((row) => row.provider), 'nothing was stored').toEqual(['demo']);
  });
}

test('a supplier turned off is out of the chat, and back with one press on undo', async ({ page, admin, addSupplier }) => {
  const { name } = await addSupplier();
  const suppliers = new SuppliersPage(page);
  await page.goto('/suppliers');
  const use = page.getByRole('switch', { name: `Use ${name}` });
  await use.click();
  await expect(use).not.toBeChecked();
  await expect(page.getByText(`${name} is off`)).toBeVisible();
  await expect.poll(async () => (await admin.api.call('models.list')).items.find((model) => model.name === 'steady')?.available).toBe(false);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(use).toBeChecked();
  await expect(suppliers.row(name)).toContainText('Healthy');
  await expect.poll(async () => (await admin.api.call('models.list')).items.find((model) => model.name === 'steady')?.available).toBe(true);
});

test('nothing is called healthy before it was tried: the demo says so, and is healthy once it has answered', async ({ page, admin }) => {
  const suppliers = new SuppliersPage(page);
  await page.goto('/suppliers');
  await expect(suppliers.row('Lyss Demo')).toContainText('Untested');
  const { id } = await admin.api.call('chat.createConversation', { body: { model: 'lyss-demo' } });
  await admin.api.ask(id, 'demo:echo hello', 'lyss-demo');
  await expect.poll(async () => (await admin.api.call('suppliers.list')).items[0]?.status).toBe('healthy');
  await page.reload();
  await expect(suppliers.row('Lyss Demo')).toContainText('Healthy');
  await expect(suppliers.row('Lyss Demo')).toContainText(/[12] calls?/);
});

test('by keyboard: adding begins at the first choice, goes on at the name, and gives the focus back', async ({ page, addSupplier }) => {
  const { name } = await addSupplier();
  const suppliers = new SuppliersPage(page);
  await page.goto('/suppliers');
  await expect(suppliers.row(name)).toBeVisible();
  await suppliers.add.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Choose a supplier' }).getByRole('button').first()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(suppliers.name).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(suppliers.add).toBeFocused();
  await page.getByRole('button', { name, exact: true }).focus();
  await page.keyboard.press('Enter');
  for (const choice of ['Replace key', 'Delete', 'Edit']) {
    const action = page.getByRole('dialog', { name }).getByRole('button', { name: choice, exact: true });
    await action.focus();
    await page.keyboard.press('Enter');
    await expect(page.locator('dialog[open]').getByRole('textbox').first()).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(page.locator('dialog[open]')).toHaveCount(0);
    await expect(action, `after ${choice}`).toBeFocused();
  }
});

test('no form, test or question about a supplier has a barrier that axe finds', async ({ page, addSupplier, watch }) => {
  test.slow();
  watch.declare(answered(422));
  const { id } = await addSupplier();
  const suppliers = new SuppliersPage(page);
  await page.goto('/suppliers');
  await suppliers.add.click();
  await expectNoBarrier(page, 'choice');
  await page.getByRole('button', { name: new RegExp(`^${KIND}`) }).click();
  await suppliers.fill({ name: 'X', address: 'https://dead-host.invalid/v1', key: newKey() });
  await suppliers.test.click();
  await expect(suppliers.testPanel.getByRole('status')).toContainText('did not pass');
  await expectNoBarrier(page, 'form with a failed test');
  await page.goto(`/suppliers?peek=${id}`);
  const peek = page.getByRole('dialog');
  for (const [action, dialog] of [['Test', /^Test /], ['Replace key', /^Replace the key/], ['Edit', /^Edit /], ['Delete', /^Delete /]] as const) {
    await peek.getByRole('button', { name: action, exact: true }).first().click();
    await expect(page.locator('dialog[open]').filter({ has: page.getByRole('heading', { name: dialog }) })).toBeVisible();
    await expectNoBarrier(page, action);
    await page.keyboard.press('Escape');
  }
});
