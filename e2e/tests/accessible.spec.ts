import AxeBuilder from '@axe-core/playwright';
import { visitors } from '../data/places.ts';
import { newPerson } from '../data/people.ts';
import { AnyPage } from '../pages/any-page.ts';
import { SetUpPage } from '../pages/set-up-page.ts';
import { expect, test, type Page } from '../test.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What axe finds on the open page in both themes; nobody here has chosen one, so the system's counts. */
async function listBarriers(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
    await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
    const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
    found.push(...violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${colorScheme} ${id}: ${target.join(' ')} ${failureSummary?.split('\n')[1]?.trim() ?? ''}`)));
  }
  return found;
}

for (const by of visitors) {
  test(`no page of the ${by} has a barrier that axe finds, in either theme`, async ({ page, enter, watch }) => {
    test.slow();
    watch.declare(/status of 40[14].*(invitations|password-reset)/);
    const any = new AnyPage(page);
    for (const place of await enter(by)) {
      await expect(await any.open(place, 'en-US')).toBeVisible();
      expect.soft(await listBarriers(page), place.name).toEqual([]);
    }
  });
}

test('no step of the set-up has a barrier that axe finds, in either theme', async ({ page, fresh }) => {
  const setUp = new SetUpPage(page);
  await page.goto(fresh.setup_link() ?? '');
  await expect(setUp.progress(1)).toBeVisible();
  expect.soft(await listBarriers(page), 'owner').toEqual([]);
  await setUp.fillOwner(newPerson('Olive Owner'));
  expect.soft(await listBarriers(page), 'tenant').toEqual([]);
  await setUp.fillTenant('Harbour Works', 'harbour');
  await expect(page.getByText('Connected: Lyss Demo')).toBeVisible();
  expect.soft(await listBarriers(page), 'supplier').toEqual([]);
  await setUp.next.click();
  await expect(setUp.progress(4)).toBeVisible();
  expect.soft(await listBarriers(page), 'models').toEqual([]);
  await setUp.next.click();
  await expect(setUp.progress(5)).toBeVisible();
  expect.soft(await listBarriers(page), 'chat').toEqual([]);
});
