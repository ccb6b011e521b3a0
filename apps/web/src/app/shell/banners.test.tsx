import { cleanup, screen } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Me } from '@lyss/api-types';
import { listPermissions, type SystemRole } from '@lyss/api-types/permission';
import { person } from '../../api/test-server.ts';
import { rememberPerson } from '../../session/session-store.ts';
import { startTestTexts } from '../i18n/start-test-texts.ts';
import texts from '../i18n/texts/en-US.ts';
import { renderPage } from '../test-page.tsx';
import { Banners } from './banners.tsx';

beforeAll(() => startTestTexts('en-US'));
afterEach(cleanup);

// Something of the page's own says that it is drawn: its banners are there with it or not at all.
const show = (role: SystemRole, changes: object) => {
  // The helper builds a whole Me; its literal types are wider than the contract's.
  rememberPerson(person(listPermissions([role]), { roles: [role], ...changes }) as Me);
  renderPage(<><p>drawn</p><Banners /></>);
  return screen.findByText('drawn');
};

describe('a platform without https says so on every page', () => {
  it.each<SystemRole>(['super_admin', 'tenant_admin', 'end_user'])('to the %s', async (role) => {
    await show(role, { insecure_transport: true });
    expect(screen.getAllByRole('note').map((note) => note.textContent?.trim())).toEqual([texts.insecure]);
  });

  it('and nothing of the kind where there is https', async () => {
    await show('super_admin', { insecure_transport: false });
    expect(screen.queryByRole('note')).toBeNull();
  });
});

it('an operator without a second factor is told what it keeps closed, and led there', async () => {
  await show('super_admin', { second_factor: { enrolled: false, demanded: true, withheld: 'platform' } });
  expect(screen.getByRole('note').textContent).toContain(texts.withheld);
  expect(screen.getByRole('link', { name: texts.withheld_action }).getAttribute('href')).toBe('/profile#second-factor');
});
