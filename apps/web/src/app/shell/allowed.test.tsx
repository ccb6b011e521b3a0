import { cleanup, screen } from '@testing-library/react';
import { afterEach, beforeAll, expect, it } from 'vitest';
import type { Me } from '@lyss/api-types';
import { listPermissions } from '@lyss/api-types/permission';
import { person } from '../../api/test-server.ts';
import { rememberPerson } from '../../session/session-store.ts';
import { startTestTexts } from '../i18n/start-test-texts.ts';
import texts from '../i18n/texts/en-US.ts';
import { renderPage } from '../test-page.tsx';
import { allowed } from './allowed.tsx';
import { MissingPage } from './route-states.tsx';

beforeAll(() => startTestTexts('en-US'));
afterEach(cleanup);

const Secret = () => <p>secret</p>;

it.each([
  ['tenants.read', 'tenant_admin', texts.route.granted_by.super_admin],
  ['users.read', 'end_user', texts.route.granted_by.tenant_admin],
  ['chat.use', 'super_admin', texts.route.granted_by.tenant_admin],
] as const)('says who can grant %s to a %s, under a heading and a title', async (permission, role, who) => {
  // The helper builds a whole Me; its literal types are wider than the contract's.
  rememberPerson(person(listPermissions([role])) as Me);
  const Page = allowed(permission, Secret);
  renderPage(<Page />);
  expect(await screen.findByText(who)).toBeTruthy();
  expect(screen.getByRole('heading', { level: 1, name: texts.route.denied })).toBeTruthy();
  expect(screen.getByRole('link', { name: texts.route.home })).toBeTruthy();
  expect(document.title).toBe(`${texts.route.denied} · Lyss`);
  expect(screen.queryByText('secret')).toBeNull();
});

it('tells an operator without a second factor what keeps the platform closed, and leads there', async () => {
  rememberPerson(person(['chat.use'], { second_factor: { enrolled: false, demanded: true, withheld: 'platform' } }) as Me);
  const Page = allowed('tenants.read', Secret);
  renderPage(<Page />);
  expect(await screen.findByRole('heading', { level: 1, name: texts.route.locked })).toBeTruthy();
  expect(screen.getByRole('link', { name: texts.route.unlock }).getAttribute('href')).toBe('/profile#second-factor');
  expect(screen.queryByText(texts.route.granted_by.super_admin)).toBeNull();
});

it('gives the page to whoever may open it', async () => {
  rememberPerson(person(['tenants.read']) as Me);
  const Page = allowed('tenants.read', Secret);
  renderPage(<Page />);
  expect(await screen.findByText('secret')).toBeTruthy();
});

it('names a page that is not there in the heading and in the tab', async () => {
  rememberPerson(person() as Me);
  renderPage(<MissingPage />);
  expect(await screen.findByRole('heading', { level: 1, name: texts.route.missing })).toBeTruthy();
  expect(document.title).toBe(`${texts.route.missing} · Lyss`);
});
