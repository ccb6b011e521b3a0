import { pressByKeyboard } from '../keyboard.ts';
import { ProfilePage } from '../pages/profile-page.ts';
import { ShellPage } from '../pages/shell-page.ts';
import { SignInPage } from '../pages/sign-in-page.ts';
import { expect, test } from '../test.ts';
import { answered } from '../watch.ts';

// security.md says a second; a busy machine's browser may take longer to look.
const OUT_MS = 15_000;

test('a session that is ended on one device lands the other on sign-in, with the reason; all others at once too', async ({ openAs, openBrowser, watch }) => {
  watch.declare(answered(401));
  const { person, page: here } = await openAs(['end_user']);
  const openAnother = async (userAgent: string) => {
    const page = await openBrowser({ userAgent });
    await page.goto('/sign-in');
    await new SignInPage(page).signIn(person);
    await expect(new ShellPage(page).heading).toContainText(person.name);
    return page;
  };
  const phone = await openAnother('Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1');
  const profile = new ProfilePage(here);
  await profile.open();
  await expect(profile.sessions.filter({ hasText: 'This device' })).toHaveCount(1);
  await expect(profile.sessions.filter({ hasText: 'Safari on iOS' })).toContainText('127.0.0.0/24');
  await pressByKeyboard(here, here.getByRole('button', { name: 'End the session of Safari on iOS' }));
  await expect(profile.sessions.filter({ hasText: 'Safari on iOS' })).toHaveCount(0);
  await new ShellPage(phone).place('Chat').click();
  await expect(new SignInPage(phone).ended).toHaveText(/signed out on this device/, { timeout: OUT_MS });

  const tablet = await openAnother('Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36');
  await here.reload();
  await expect(profile.sessions.filter({ hasText: 'Chrome on Android' })).toHaveCount(1);
  const everywhere = here.getByRole('button', { name: 'Sign out everywhere else' });
  const question = here.getByRole('alertdialog');
  await pressByKeyboard(here, everywhere);
  await here.keyboard.press('Escape');
  await expect(question).toHaveCount(0);
  await expect(everywhere).toBeFocused();
  await here.keyboard.press('Enter');
  await pressByKeyboard(here, question.getByRole('button', { name: 'Sign out everywhere else' }));
  await expect(profile.sessions).toHaveCount(1);
  await new ShellPage(tablet).place('Chat').click();
  await expect(new SignInPage(tablet).submit).toBeVisible({ timeout: OUT_MS });
  await here.reload();
  await expect(new ShellPage(here).heading).toHaveText('My settings');
});
