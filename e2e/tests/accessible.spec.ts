import { listBarriers } from '../barriers.ts';
import { closedLinks, locales, visitors } from '../data/places.ts';
import { newPerson } from '../data/people.ts';
import { AnyPage } from '../pages/any-page.ts';
import { SetUpPage } from '../pages/set-up-page.ts';
import { expect, test } from '../test.ts';

// Colours are the same in both languages, so one is judged in both themes; names and structure may differ, so the other is in one.
const themes = { 'en-US': ['dark', 'light'], 'zh-CN': ['light'] } as const;

// Some thirty pages, each judged twice: half a minute, and minutes on a machine that does much else.
const SWEEP_MS = 600_000;

for (const locale of locales) {
  for (const by of visitors) {
    test.describe(`${by} in ${locale}`, () => {
      test.use({ locale });
      test(`no page of the ${by} has a barrier that axe finds in ${locale}`, async ({ page, enter, watch }) => {
        test.setTimeout(SWEEP_MS);
        watch.declare(closedLinks);
        const any = new AnyPage(page);
        for (const place of await enter(by)) {
          await expect(await any.open(place, locale)).toBeVisible();
          expect.soft(await listBarriers(page, themes[locale]), place.name).toEqual([]);
        }
      });
    });
  }
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
