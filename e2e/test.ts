import { test as base, expect, type APIRequestContext, type BrowserContext, type BrowserContextOptions, type Page } from '@playwright/test';
import type { BodyOf, Locale } from '@lyss/api-types';
import { Api } from './api.ts';
import { keepStored } from './canary/stored.ts';
import { addPerson, foundTenant, holdPerson, type SignedInPerson } from './data/found-tenant.ts';
import { makePlaces, saveSupplier } from './data/make-places.ts';
import type { TestTenant } from './data/people.ts';
import { signInWithPasskey } from './data/passkey.ts';
import { places, type Place, type Visitor } from './data/places.ts';
import { getRun, type Run } from './run.ts';
import { startProvider, startServer, type ProviderProcess, type Server } from './stack.ts';
import { Watch } from './watch.ts';

interface TestFixtures {
  watch: Watch;
  /** A tenant of this test's own; nobody is signed in in the browser. */
  tenant: TestTenant;
  /** The tenant's admin, signed in in `page`. */
  admin: SignedInPerson & { api: Api };
  /** An operator of this test's own, signed in in `page`. */
  operator: Api;
  /** A page in another browser, which is watched and whose storage the canary searches like those of all others. */
  openBrowser: (options?: BrowserContextOptions) => Promise<Page>;
  /** Another person of the tenant in a browser of their own. */
  openAs: (roles: BodyOf<'users.create'>['roles']) => Promise<{ person: SignedInPerson & { id: string }; page: Page; context: BrowserContext }>;
  /** Saves a credential of the e2e supplier for the tenant, by API. */
  addSupplier: (provider?: 'openai' | 'anthropic' | 'google') => ReturnType<typeof saveSupplier>;
  /** Signs in as asked and answers every place that is theirs, also those made for it: an answered conversation, a fresh invitation. */
  enter: (by: Visitor) => Promise<Place[]>;
  /** The link in the newest letter to an address, once there is one that fits. */
  findLetterLink: (address: string, link: RegExp) => Promise<string>;
  /** A server of this test's own that nobody has set up yet. */
  fresh: Server;
  founded: Awaited<ReturnType<typeof foundTenant>>;
  /** An OpenID provider that sends people back to the tenant's sign-in. */
  provider: ProviderProcess;
}
interface WorkerFixtures {
  run: Run;
  /** Makes tenants; signed in once a worker and never in a browser. */
  founder: Api;
}

const FRESH_MS = 120_000;
// A busy machine's server takes its time to write.
const LETTER_MS = 15_000;

/** Cookies of a request context, which are then this browser's alone: rotation breaks a session that two share. */
async function takeOver(context: BrowserContext, request: APIRequestContext): Promise<void> {
  const { cookies } = await request.storageState();
  await context.addCookies(cookies);
}

const asLocale = (tag: string | undefined): Locale => (tag === 'zh-CN' ? 'zh-CN' : 'en-US');

export const test = base.extend<TestFixtures, WorkerFixtures>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads from this pattern what a fixture needs: nothing
  run: [async ({}, use) => use(getRun()), { scope: 'worker' }],
  founder: [
    async ({ playwright, run }, use) => {
      const request = await playwright.request.newContext();
      const founder = new Api(request, run.url);
      await signInWithPasskey(founder, run.operator.passkey);
      await use(founder);
      await request.dispose();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ run }, use) => use(run.url),
  // oxlint-disable-next-line no-empty-pattern -- as above
  watch: async ({}, use) => {
    const watch = new Watch();
    await use(watch);
    watch.assertNothingWrong();
  },
  context: async ({ context, watch }, use) => {
    await watch.follow(context);
    await use(context);
    await keepStored(context);
  },
  founded: async ({ founder, playwright, run, locale }, use) => {
    const founded = await foundTenant(founder, playwright.request, run.url, asLocale(locale));
    await use(founded);
    await founded.admin.request.dispose();
  },
  tenant: async ({ founded }, use) => use(founded.tenant),
  admin: async ({ context, founded, run }, use) => {
    await takeOver(context, founded.admin.request);
    await use({ ...founded.admin, api: new Api(context.request, run.url) });
  },
  operator: async ({ context, founder, locale, playwright, run }, use) => {
    const person = await addPerson(founder, playwright.request, run.url, ['super_admin'], asLocale(locale));
    await takeOver(context, person.request);
    await use(new Api(context.request, run.url));
    await person.request.dispose();
  },
  openBrowser: async ({ browser, contextOptions, locale, run, watch }, use) => {
    const opened: BrowserContext[] = [];
    await use(async (options = {}) => {
      const context = await browser.newContext({ ...contextOptions, baseURL: run.url, ...(locale ? { locale } : {}), ...options });
      opened.push(context);
      await watch.follow(context);
      return context.newPage();
    });
    for (const context of opened) {
      await keepStored(context);
      await context.close();
    }
  },
  openAs: async ({ founded, locale, openBrowser, playwright, run }, use) => {
    await use(async (roles) => {
      const person = await addPerson(new Api(founded.admin.request, run.url), playwright.request, run.url, roles, asLocale(locale));
      const page = await openBrowser();
      await takeOver(page.context(), person.request);
      return { person, page, context: page.context() };
    });
  },
  enter: async ({ context, findLetterLink, founded, founder, locale, playwright, run }, use) => {
    await use(async (by) => {
      if (by === 'operator') await takeOver(context, (await addPerson(founder, playwright.request, run.url, ['super_admin'], asLocale(locale))).request);
      if (by === 'newcomer') await takeOver(context, (await addPerson(founder, playwright.request, run.url, ['super_admin'], asLocale(locale), { enrolled: false })).request);
      if (by === 'held') await takeOver(context, (await holdPerson(new Api(founded.admin.request, run.url), playwright.request, run.url, asLocale(locale))).request);
      if (by === 'admin' || by === 'governor') await takeOver(context, founded.admin.request);
      const made = await makePlaces(by, { tenant: founded.tenant, admin: new Api(founded.admin.request, run.url), operator: founder, requests: playwright.request, url: run.url, supplier_url: run.supplier_url, locale: asLocale(locale), findLetterLink });
      return [...places.filter((place) => place.by === by), ...made];
    });
  },
  findLetterLink: async ({ request, run }, use) => {
    await use(async (address, link) => {
      const find = async () => {
        const letters = (await (await request.get(`${run.mail_url}/letters/${encodeURIComponent(address)}`)).json()) as string[];
        return letters.flatMap((text) => text.match(/https?:\/\/[^\s"<]+/g) ?? []).findLast((url) => link.test(url)) ?? '';
      };
      await expect.poll(find, { timeout: LETTER_MS }).not.toBe('');
      return find();
    });
  },
  fresh: [
    async ({ context }, use) => {
      const server = await startServer();
      await use(server);
      await keepStored(context);
      // Nobody is left to ask a server that is stopping: it rightly answers 503.
      await context.close();
      await server.stop();
    },
    // Its own: a database that is made from nothing on a busy machine takes no time from the journey.
    { timeout: FRESH_MS },
  ],
  provider: async ({ run, tenant }, use) => {
    const provider = await startProvider(run.provider_port, `${run.url}/sso/callback/${tenant.workspace}`);
    await use(provider);
    await provider.stop();
  },
  addSupplier: async ({ admin, run }, use) => {
    await use((provider = 'openai') => saveSupplier(admin.api, run.supplier_url, provider));
  },
});

export { expect, type Page };
