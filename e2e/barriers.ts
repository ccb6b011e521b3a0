import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from './test.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
export type Theme = 'light' | 'dark';

/** What axe finds on the open page in these themes, ending with light; nobody here has chosen one, so the system's counts. */
export async function listBarriers(page: Page, themes: readonly Theme[] = ['dark', 'light']): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
    await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
    const { violations } = await new AxeBuilder({ page }).withTags(TAGS).options({ resultTypes: ['violations'] }).analyze();
    found.push(...violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${colorScheme} ${id}: ${target.join(' ')} ${failureSummary?.split('\n')[1]?.trim() ?? ''}`)));
  }
  return found;
}

/** Judges what no address opens, where a journey meets it. */
export async function expectNoBarrier(page: Page, where: string, themes?: readonly Theme[]): Promise<void> {
  expect.soft(await listBarriers(page, themes), where).toEqual([]);
}
