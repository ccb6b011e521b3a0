import { join } from 'node:path';
import { newPerson } from '../data/people.ts';
import { closedLinks, locales, visitors } from '../data/places.ts';
import { AnyPage } from '../pages/any-page.ts';
import { SetUpPage } from '../pages/set-up-page.ts';
import { reports } from '../spawn-process.ts';
import { expect, test, type Page } from '../test.ts';

// Pictures to look at, drawn by E2E_SCREENS=1; what they must hold is that the page is there.
const sizes = { wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

async function draw(page: Page, name: string): Promise<void> {
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
  await page.screenshot({ path: join(reports, 'screens', `${name}.png`) });
}

for (const locale of locales) {
  for (const theme of ['light', 'dark'] as const) {
    for (const [size, viewport] of Object.entries(sizes)) {
      test.describe(`${locale} ${theme} ${size}`, () => {
        test.use({ locale, viewport, colorScheme: theme });
        for (const by of visitors) {
          test(`the ${by}’s pages in ${locale}, ${theme}, ${size}`, async ({ page, enter, watch }) => {
            test.slow();
            watch.declare(closedLinks);
            const any = new AnyPage(page);
            for (const place of await enter(by)) {
              await expect(await any.open(place, locale)).toBeVisible();
              await draw(page, `${place.name}-${locale}-${theme}-${size}`);
            }
          });
        }
      });
    }
  }
}

for (const [size, viewport] of Object.entries(sizes)) {
  test.describe(`set-up ${size}`, () => {
    test.use({ viewport });
    test(`the steps of the set-up, ${size}`, async ({ page, fresh }) => {
      const setUp = new SetUpPage(page);
      await page.goto(fresh.setup_link() ?? '');
      await expect(setUp.progress(1)).toBeAttached();
      await draw(page, `set-up-1-${size}`);
      await setUp.fillOwner(newPerson('Olive Owner'));
      await expect(setUp.progress(2)).toBeAttached();
      await draw(page, `set-up-2-${size}`);
      await setUp.fillTenant('Harbour Works', 'harbour');
      await expect(page.getByText('Connected: Lyss Demo')).toBeVisible();
      await draw(page, `set-up-3-${size}`);
      await setUp.next.click();
      await expect(setUp.progress(4)).toBeAttached();
      await draw(page, `set-up-4-${size}`);
      await setUp.next.click();
      await draw(page, `set-up-5-${size}`);
    });
  });
}
