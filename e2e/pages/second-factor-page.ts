import type { Locator, Page } from '@playwright/test';
import { readCode } from '../data/totp.ts';

/** Second factors wherever they are met: one's settings, the sign-in's second step, and before anything else; in English. */
export class SecondFactorPage {
  readonly page: Page;
  readonly code: Locator;
  readonly codes: Locator;

  constructor(page: Page) {
    this.page = page;
    this.code = page.getByRole('textbox', { name: 'Code', exact: true });
    this.codes = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
  }

  /** Types what an app with the shown key shows; answers the key. */
  async confirmApp(): Promise<string> {
    const shown = await this.page.getByText(/^(?:[A-Z2-7]{4} )+[A-Z2-7]{1,4}$/).innerText();
    const secret = shown.replaceAll(' ', '');
    await this.page.getByLabel('The six digits that the app shows').fill(readCode(secret));
    return secret;
  }

  /** Reads the recovery codes, the only time that they are shown, and goes on. */
  async keepCodes(): Promise<string[]> {
    await this.codes.first().waitFor();
    const codes = await this.codes.allInnerTexts();
    await this.page.getByLabel('I have put them in a safe place').check();
    await this.page.getByRole('button', { name: 'Done' }).click();
    return codes;
  }

  /** As a browser that offers passkeys in no field: from the next page on. */
  async offerNothingInFields(): Promise<void> {
    await this.page.addInitScript(() => {
      PublicKeyCredential.isConditionalMediationAvailable = async () => false;
    });
  }

  /** Gives the page's browser a device that keeps passkeys and whose person always agrees (WebAuthn Level 3 §11). */
  async addDevice(): Promise<void> {
    const session = await this.page.context().newCDPSession(this.page);
    await session.send('WebAuthn.enable');
    const options = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } as const;
    await session.send('WebAuthn.addVirtualAuthenticator', { options });
  }
}
