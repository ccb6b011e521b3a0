import { expectNoBarrier } from '../barriers.ts';
import { LogoPage } from '../pages/logo-page.ts';
import { expect, test } from '../test.ts';

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAACAAAAAYCAIAAAAUMWhjAAAAJElEQVR42mNQCTtBU8QwasGoBaMWjFowasGoBaMWjFowNCwAAGZhxi7ANgv7AAAAAElFTkSuQmCC', 'base64');
const SIDES = [32, 24];

test('a tenant’s logo is looked at, saved, in everybody’s frame and taken away', async ({ page, admin: _signedIn, openAs, tenant }) => {
  const settings = new LogoPage(page);
  const { page: theirs } = await openAs(['end_user']);
  await page.goto('/settings');
  await settings.choose('logo.png', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'));
  await expect(page.getByText('This is no still PNG, JPEG or WebP picture')).toBeVisible();
  await settings.choose('anything', png);
  await expect(page.getByText('32 × 24 pixels')).toBeVisible();
  await settings.saveLogo.click();
  await expect(settings.removeLogo).toBeVisible();
  await expect.poll(() => settings.drawnIn(page)).toEqual(SIDES);
  await theirs.goto('/chat');
  await expect.poll(() => settings.drawnIn(theirs)).toEqual(SIDES);

  await settings.removeLogo.click();
  const question = page.getByRole('alertdialog', { name: `Remove the logo of “${tenant.name}”?` });
  await expectNoBarrier(page, 'removing the logo');
  await question.getByRole('button', { name: 'Remove the logo' }).click();
  await expect.poll(() => settings.drawnIn(page)).toBe(null);
  await theirs.reload();
  await expect(theirs.getByRole('heading', { level: 1 })).toBeVisible();
  expect(await settings.drawnIn(theirs)).toBe(null);
});
