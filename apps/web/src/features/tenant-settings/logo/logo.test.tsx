import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Me, OwnTenant, Permission } from '@lyss/api-types';
import { ok, person, refused, serve } from '../../../api/test-server.ts';
import { startTestTexts } from '../../../app/i18n/start-test-texts.ts';
import { renderPage } from '../../../app/test-page.tsx';
import { rememberPerson, useSession } from '../../../session/session-store.ts';
import { LogoSection } from './logo-section.tsx';

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAACAAAAAYCAIAAAAUMWhjAAAAJElEQVR42mNQCTtBU8QwasGoBaMWjFowasGoBaMWjFowNCwAAGZhxi7ANgv7AAAAAElFTkSuQmCC';
const logo = { id: '0198c0de-0000-7000-8000-00000000000a', media_type: 'image/png', width: 32, height: 24, bytes: 93, created_at: '2026-11-23T00:00:00.000Z' };
const PATH = '/api/v1/admin/tenant/logo';
const ME = 'GET /api/v1/auth/me';

// The helper builds a whole Me; its literal types are wider than the contract's.
const me = (permissions: Permission[] = []) => person(permissions) as Me;
const enter = (permissions: Permission[]) => rememberPerson(me(permissions));

let isDrawable = true;
beforeAll(() => startTestTexts('zh-CN', 'tenant-settings'));
beforeEach(() => {
  isDrawable = true;
  enter(['settings.read', 'settings.write']);
  // happy-dom draws nothing.
  vi.spyOn(HTMLImageElement.prototype, 'decode').mockImplementation(() => (isDrawable ? Promise.resolve() : Promise.reject(new Error('broken'))));
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

// What the section looks at, of all that a tenant is.
const show = (change: Partial<OwnTenant> = {}) => renderPage(<LogoSection tenant={{ id: 't', name: 'Acme Cloud', version: 5, logo: null, ...change } as OwnTenant} />);
const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
const choose = async (content: BlobPart, name = 'logo.png') => fireEvent.change(await screen.findByLabelText('标志图片'), { target: { files: [new File([content], name)] } });
const largeSource = (container: HTMLElement) => container.querySelector('.logo-large img')?.getAttribute('src');

describe('the tenant’s logo', () => {
  it('shows initials where there is none, and a chosen picture before it is saved', async () => {
    const calls = serve({ [`PUT ${PATH}`]: () => ok({ id: 't', name: 'Acme Cloud', version: 6, logo }), [ME]: () => ok(person(['settings.write'], { tenant: { ...me().tenant, logo } })) });
    const { container } = show();
    expect((await screen.findAllByText('AC')).length).toBeGreaterThan(0);
    await choose(bytesOf(PNG), 'named-anything.txt');
    expect(await screen.findByText('32 × 24 像素，0.1 kB')).toBeTruthy();
    expect(largeSource(container)).toBe(`data:image/png;base64,${PNG}`);
    expect(calls).toEqual([]);
    fireEvent.click(screen.getByRole('button', { name: '保存标志' }));
    await waitFor(() => expect(screen.queryByRole('button', { name: '保存标志' })).toBeNull());
    expect([calls[0]?.headers.get('if-match'), calls[0]?.body]).toEqual(['"5"', { content: PNG }]);
    // The frame follows.
    expect(useSession.getState().me?.tenant.logo).toEqual(logo);
  });

  it.each([
    ['an SVG with a picture’s name', '<svg xmlns="http://www.w3.org/2000/svg"/>', /不是静态的 PNG、JPEG 或 WebP/],
    ['too many bytes', new Uint8Array(256 * 1024 + 1), /超过 256 kB/],
  ])('refuses %s, and sends nothing', async (_name, content, said) => {
    const calls = serve({});
    show();
    await choose(content);
    expect(await screen.findByText(said)).toBeTruthy();
    expect(screen.queryByRole('button', { name: '保存标志' })).toBeNull();
    expect(calls).toEqual([]);
  });

  it('refuses what has a picture’s head and cannot be drawn', async () => {
    isDrawable = false;
    show();
    await choose(bytesOf(PNG));
    expect(await screen.findByText(/或者文件已损坏/)).toBeTruthy();
  });

  it('keeps the chosen picture where the server refuses, and says why', async () => {
    serve({ [`PUT ${PATH}`]: () => refused(409, '3009', { reason: 'plan_storage' }) });
    const { container } = show();
    await choose(bytesOf(PNG));
    fireEvent.click(await screen.findByRole('button', { name: '保存标志' }));
    expect(await screen.findByText('refused 3009')).toBeTruthy();
    expect(largeSource(container)).toContain(PNG);
    fireEvent.click(screen.getByRole('button', { name: '取消' }));
    await waitFor(() => expect(largeSource(container)).toBeUndefined());
  });

  it('asks with whose it is before it takes one away', async () => {
    const calls = serve({ [`DELETE ${PATH}`]: () => ok({ id: 't', name: 'Acme Cloud', version: 6, logo: null }), [ME]: () => ok(person()) });
    // The contract's own shape.
    const { container } = show({ logo: logo as OwnTenant['logo'] });
    await waitFor(() => expect(largeSource(container)).toBe(`/api/v1/logos/${logo.id}`));
    fireEvent.click(screen.getByRole('button', { name: '移除标志' }));
    const asked = within(await screen.findByRole('alertdialog', { name: '移除“Acme Cloud”的标志？' }));
    expect(calls).toEqual([]);
    fireEvent.click(asked.getByRole('button', { name: '移除标志' }));
    await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
    expect(calls[0]).toMatchObject({ method: 'DELETE', path: PATH });
  });

  it('offers nothing to whoever may only read', async () => {
    enter(['settings.read']);
    show();
    expect(await screen.findByText(/还没有标志/)).toBeTruthy();
    expect(screen.queryByRole('button')).toBeNull();
  });
});
