import { act, cleanup, configure, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { Suspense } from 'react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CatalogueSupplier } from '@lyss/api-types';
import { ok, refused, serve } from '../../api/test-server.ts';
import { startTestTexts } from '../../app/i18n/start-test-texts.ts';
import { noteToken } from '../../session/tabs.ts';
import { ModelsStep } from './models-step.tsx';
import { SupplierStep } from './supplier-step.tsx';

// Tests run beside many others on few cores; waiting longer costs nothing where all is well.
configure({ asyncUtilTimeout: 8000 });
vi.setConfig({ testTimeout: 30_000 });

const kind = (changes: Partial<CatalogueSupplier>): CatalogueSupplier => ({
  provider: 'openai',
  name: { 'zh-CN': 'OpenAI', 'en-US': 'OpenAI' },
  wire: 'openai',
  default_base_url: 'https://api.openai.com/v1',
  base_url_editable: true,
  key_required: true,
  key_url: 'https://platform.openai.com/api-keys',
  key_example: 'sk-proj-…',
  demo: false,
  models_count: 93,
  ...changes,
});
const demo = kind({ provider: 'demo', name: { 'zh-CN': 'Lyss 演示', 'en-US': 'Lyss Demo' }, base_url_editable: false, key_required: false, key_url: null, key_example: null, demo: true });
const mistral = kind({ provider: 'mistral', name: { 'zh-CN': 'Mistral', 'en-US': 'Mistral' }, base_url_editable: false, key_url: 'https://console.mistral.ai/api-keys' });

const TEST = 'POST /api/v1/admin/suppliers/test';
const CREATE = 'POST /api/v1/admin/suppliers';
const catalogue = { 'GET /api/v1/admin/suppliers/available': () => ok({ items: [kind({}), mistral, demo] }) };
const list = (...items: object[]) => ({ 'GET /api/v1/admin/suppliers': () => ok({ items, pagination: { page_size: 20, next_cursor: null, has_next: false } }) });
const savedDemo = { id: 'c1', provider: 'demo', name: 'Lyss Demo' };
const passed = (['address', 'tls', 'key', 'models', 'completion'] as const).map((step) => ({ step, ok: true, duration_ms: 12, message: 'ok' }));
const refusedKey = [...passed.slice(0, 2), { step: 'key', ok: false, duration_ms: 313, message: 'authentication_failed' }];

const onNext = vi.fn();
const open = () => render(<Suspense fallback={null}><SupplierStep onNext={onNext} /></Suspense>);
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));
const typeKey = async (value: string) => fireEvent.change(await screen.findByLabelText('API key'), { target: { value } });
const primaries = () => screen.getAllByRole('button').filter((button) => button.classList.contains('is-primary')).map((button) => button.textContent);

beforeAll(() => startTestTexts('en-US', 'set-up', 'suppliers'));
beforeEach(() => noteToken(600));
afterEach(() => {
  cleanup();
  onNext.mockReset();
  vi.unstubAllGlobals();
});

describe('connecting the first supplier', () => {
  it('forgets neither of two that were being connected at once', async () => {
    const answers: Record<string, () => void> = {};
    const names: Record<string, string> = { demo: 'Lyss Demo', openai: 'OpenAI' };
    serve({
      ...catalogue,
      ...list(),
      [TEST]: () => ok({ ok: true, kind: null, latency_ms: 60, steps: passed, models: ['m'] }),
      [CREATE]: ({ body }) => {
        const { provider } = body as { provider: string };
        return new Promise<Response>((resolve) => (answers[provider] = () => resolve(ok({ id: provider, provider, name: names[provider] }, 201))));
      },
    });
    open();
    await typeKey('sk-proj-typed-0123456789');
    press('Use the demo');
    press('Test and save');
    await waitFor(() => expect(Object.keys(answers)).toEqual(['demo', 'openai']));
    await act(async () => Object.values(answers).forEach((answer) => answer()));
    expect(await screen.findByText(/^Connected: Lyss Demo · OpenAI/)).toBeTruthy();
  });

  it('says that the suppliers could not be read for a reason nobody expects, instead of reading for ever', async () => {
    // Reading it throws: no ApiFailure.
    serve({ ...catalogue, 'GET /api/v1/admin/suppliers': () => ({}) as Response });
    open();
    expect(await screen.findByRole('button', { name: 'Try again' })).toBeTruthy();
  });

  it('begins at its heading, and so do the models', async () => {
    serve({ ...catalogue, ...list(), 'GET /api/v1/models': () => ok({ items: [] }) });
    open();
    expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'Connect a supplier' }));
    cleanup();
    render(<ModelsStep onNext={onNext} onBack={onNext} />);
    expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'Models you can use' }));
  });

  it('speaks as the suppliers page does: the address, the key, where to get one, how to see it', async () => {
    serve({ ...catalogue, ...list() });
    open();
    expect((await screen.findByLabelText<HTMLInputElement>('Address')).value).toBe('https://api.openai.com/v1');
    expect(screen.getByRole('button', { name: 'Show key' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: /password/i })).toBeNull();
    expect(screen.getByRole('link', { name: /Get a key at platform\.openai\.com/ }).getAttribute('href')).toBe('https://platform.openai.com/api-keys');
    fireEvent.change(screen.getByLabelText('Supplier'), { target: { value: 'mistral' } });
    expect(screen.getByLabelText<HTMLInputElement>('Address').readOnly).toBe(true);
    expect(screen.getByRole('link', { name: /console\.mistral\.ai/ })).toBeTruthy();
  });

  it('has one button that is the next thing to do, whatever is connected or typed', async () => {
    serve({ ...catalogue, ...list() });
    open();
    await screen.findByLabelText('API key');
    expect(primaries()).toEqual(['Test and save']);
    cleanup();
    serve({ ...catalogue, ...list(savedDemo) });
    open();
    expect(await screen.findByText('Connected: Lyss Demo. You can go on, or connect another one now.')).toBeTruthy();
    await screen.findByLabelText('API key');
    expect(primaries()).toEqual(['Continue']);
    await typeKey('sk-1');
    expect(primaries()).toEqual(['Test and save']);
  });

  it('says which field is missing, and sends nothing', async () => {
    const calls = serve({ ...catalogue, ...list() });
    open();
    await screen.findByLabelText('API key');
    press('Test and save');
    expect(screen.getByText('Enter the key')).toBeTruthy();
    expect(calls.filter((call) => call.method === 'POST')).toEqual([]);
  });

  it('shows the steps as they pass and what to do about the one that failed, with the key still there', async () => {
    serve({ ...catalogue, ...list(), [TEST]: () => ok({ ok: false, kind: 'authentication_failed', latency_ms: 412, models: [], steps: refusedKey }) });
    open();
    await typeKey('sk-bad');
    press('Test and save');
    expect(await screen.findByText(/make a new one in the supplier’s console/)).toBeTruthy();
    const rows = within('.connection-test');
    expect(rows[2]).toBe('Key acceptedfailed313ms');
    expect(rows[4]).toBe('One token generatednot reached');
    expect(screen.getByText('Not saved; everything you typed is still here.')).toBeTruthy();
    expect(screen.getByLabelText<HTMLInputElement>('API key').value).toBe('sk-bad');
    await typeKey('sk-other');
    expect(screen.queryByText(/make a new one in the supplier’s console/)).toBeNull();
  });

  it('leaves the passed steps standing, keeps no key on the page, and lets one go on or add another', async () => {
    const calls = serve({ ...catalogue, ...list(), [TEST]: () => ok({ ok: true, kind: null, latency_ms: 60, models: ['a'], steps: passed }), [CREATE]: () => ok({ id: 'c2', provider: 'openai', name: 'OpenAI' }, 201) });
    open();
    await typeKey('sk-good');
    press('Test and save');
    expect(await screen.findByText(/^Connected: OpenAI\./)).toBeTruthy();
    expect(await screen.findByText(/Passed in/)).toBeTruthy();
    expect(calls.at(-1)?.body).toEqual({ provider: 'openai', name: 'OpenAI', base_url: 'https://api.openai.com/v1', api_key: 'sk-good' });
    expect(screen.queryByDisplayValue('sk-good')).toBeNull();
    expect(primaries()).toEqual(['Continue']);
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Continue' }));
    press('Connect another one');
    expect([...screen.getByLabelText<HTMLSelectElement>('Supplier').options].map((option) => option.value)).toEqual(['mistral']);
    press('Continue');
    expect(onNext).toHaveBeenCalledOnce();
  });

  it('says why where saving is refused after the test has passed', async () => {
    serve({ ...catalogue, ...list(), [TEST]: () => ok({ ok: true, kind: null, latency_ms: 60, models: ['a'], steps: passed }), [CREATE]: () => refused(422, '3004', { kind: 'quota_exhausted', step: 'completion' }) });
    open();
    await typeKey('sk-good');
    press('Test and save');
    expect(await screen.findByText(/Top up or raise the spending limit/)).toBeTruthy();
  });
});

function within(selector: string): (string | null)[] {
  return [...document.querySelectorAll(`${selector} li`)].map((item) => item.textContent);
}
