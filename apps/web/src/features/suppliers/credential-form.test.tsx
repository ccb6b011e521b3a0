import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, configure, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SupplierCredential } from '@lyss/api-types';
import { ok, refused, serve } from '../../api/test-server.ts';
import { startTestTexts } from '../../app/i18n/start-test-texts.ts';
import { noteToken } from '../../session/tabs.ts';
import { CredentialForm } from './credential-form.tsx';
import { catalogueKind, credential } from './test-rows.ts';
import en from './texts/en-US.ts';

// Tests run beside many others on few cores; waiting longer costs nothing where all is well.
configure({ asyncUtilTimeout: 8000 });

const models = { 'GET /api/v1/admin/suppliers/providers/openai/models': () => ok({ items: [] }) };
const steps = [
  { step: 'address', ok: true, duration_ms: 38, message: 'ok' },
  { step: 'tls', ok: true, duration_ms: 61, message: 'ok' },
  { step: 'key', ok: false, duration_ms: 313, message: 'authentication_failed' },
];
const onDone = vi.fn();

function show(saved: SupplierCredential | null) {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <CredentialForm kind={catalogueKind()} saved={saved} onDone={onDone} onCancel={() => undefined} />
    </QueryClientProvider>,
  );
}
const key = () => screen.getByLabelText<HTMLInputElement>(en.form.key);
const type = (field: HTMLElement, value: string) => fireEvent.change(field, { target: { value } });
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));

beforeEach(async () => {
  noteToken(600);
  await startTestTexts('en-US', 'suppliers');
});
afterEach(() => {
  cleanup();
  onDone.mockReset();
  vi.unstubAllGlobals();
});

describe('the form of a credential', () => {
  it('keeps what was typed when the supplier refuses the key, and says what to do', async () => {
    serve({ ...models, 'POST /api/v1/admin/suppliers': () => refused(422, '3004', { kind: 'quota_exhausted', step: 'completion' }) });
    show(null);
    type(key(), 'sk-typed');
    press(en.form.save);
    await screen.findByText(en.failure.quota_exhausted.todo);
    expect(screen.getByText(en.form.problem)).toBeTruthy();
    expect(key().value).toBe('sk-typed');
    expect(onDone).not.toHaveBeenCalled();
  });

  it('clears the key once it is stored', async () => {
    const calls = serve({ ...models, 'POST /api/v1/admin/suppliers': () => ok(credential(), 201) });
    show(null);
    type(key(), 'sk-typed');
    press(en.form.save);
    await waitFor(() => expect(onDone).toHaveBeenCalledOnce());
    expect(calls.find(({ method }) => method === 'POST')?.body).toMatchObject({ provider: 'openai', api_key: 'sk-typed' });
    await waitFor(() => expect(key().value).toBe(''));
  });

  it('asks for the key again, and says why, when the host changes', () => {
    serve(models);
    show(credential());
    expect(screen.getByText(/keep the present key sk-…c4f2/)).toBeTruthy();
    type(screen.getByLabelText(en.form.base_url), 'https://proxy.example/v1');
    expect(screen.getByText(/from api\.openai\.com to proxy\.example/)).toBeTruthy();
    expect(key().getAttribute('aria-invalid')).toBe('true');
    press(en.form.save);
    expect(screen.getByText(en.issue.key_again)).toBeTruthy();
  });

  it('shows the steps of a test with their milliseconds, and forgets them when the key changes', async () => {
    serve({ ...models, 'POST /api/v1/admin/suppliers/test': () => ok({ ok: false, kind: 'authentication_failed', latency_ms: 412, models: [], steps }) });
    show(null);
    expect(screen.getByRole<HTMLButtonElement>('button', { name: en.test.run }).disabled).toBe(true);
    type(key(), 'sk-bad');
    press(en.test.run);
    await screen.findByText(en.failure.authentication_failed.todo);
    const rows = screen.getAllByRole('listitem').map((item) => item.textContent);
    expect(rows[2]).toBe(`${en.test.step.key}${en.test.bad}313ms`);
    expect(rows[4]).toBe(`${en.test.step.completion}${en.test.skipped}`);
    type(key(), 'sk-other');
    expect(screen.queryByText(en.failure.authentication_failed.todo)).toBeNull();
  });

  it('survives a browser whose scrolling answers with a promise, once the refusal it scrolled to is gone', async () => {
    const scroll = vi.spyOn(Element.prototype, 'scrollIntoView').mockImplementation(() => Promise.resolve() as unknown as undefined);
    serve({ ...models, 'POST /api/v1/admin/suppliers': () => refused(422, '3004', { kind: 'authentication_failed', step: 'key' }) });
    show(null);
    type(key(), 'sk-bad');
    press(en.form.save);
    await screen.findByText(en.form.problem);
    expect(scroll).toHaveBeenCalled();
    type(key(), 'sk-mended');
    expect(screen.queryByText(en.form.problem)).toBeNull();
    expect(key().value).toBe('sk-mended');
    scroll.mockRestore();
  });

  it('says a failure once, as the newest word: a refused save takes the place of the test that failed before it, and the other way round', async () => {
    serve({
      ...models,
      'POST /api/v1/admin/suppliers/test': () => ok({ ok: false, kind: 'authentication_failed', latency_ms: 412, models: [], steps }),
      'POST /api/v1/admin/suppliers': () => refused(422, '3004', { kind: 'authentication_failed', step: 'key' }),
    });
    show(null);
    type(key(), 'sk-bad');
    press(en.test.run);
    await screen.findByText(en.failure.authentication_failed.todo);
    press(en.form.save);
    await screen.findByText(en.form.problem);
    expect(screen.getAllByText(en.failure.authentication_failed.todo)).toHaveLength(1);
    expect(screen.queryByText(en.test.failed)).toBeNull();
    press(en.test.again);
    await screen.findByText(en.test.failed);
    expect(screen.getAllByText(en.failure.authentication_failed.todo)).toHaveLength(1);
    expect(screen.queryByText(en.form.problem)).toBeNull();
    press(en.form.save);
    await screen.findByText(en.form.problem);
    type(key(), 'sk-mended');
    expect(screen.queryByText(en.failure.authentication_failed.todo)).toBeNull();
  });

  it('says that a name was not found, and that an encrypted connection failed, in words of their own', async () => {
    let answer = { ok: false, kind: 'connection_failed', latency_ms: 4, models: [], steps: [{ step: 'address', ok: false, duration_ms: 4, message: 'name_not_found' }] };
    const refusal = { kind: 'connection_failed', step: 'address', reason: 'name_not_found' };
    serve({ ...models, 'POST /api/v1/admin/suppliers/test': () => ok(answer), 'POST /api/v1/admin/suppliers': () => refused(502, '4005', refusal) });
    show(null);
    type(key(), 'sk-1');
    press(en.test.run);
    await screen.findByText(en.fault.name_not_found.todo);
    press(en.form.save);
    await screen.findByText(en.form.problem);
    expect(screen.getAllByText(en.fault.name_not_found.what)).toHaveLength(1);
    expect(screen.queryByText(en.failure.connection_failed.what)).toBeNull();
    answer = { ...answer, steps: [{ step: 'address', ok: true, duration_ms: 4, message: 'ok' }, { step: 'tls', ok: false, duration_ms: 4, message: 'connection_failed' }] };
    press(en.test.again);
    await screen.findByText(en.fault.tls.todo);
  });

  it('says when to come back where too many keys were tried, at the test and at saving alike', async () => {
    const late = () => refused(429, '1005', { reason: 'too_many_trials' }, { 'retry-after': '431' });
    serve({ ...models, 'POST /api/v1/admin/suppliers/test': late, 'POST /api/v1/admin/suppliers': late });
    show(null);
    type(key(), 'sk-1');
    press(en.test.run);
    await screen.findByText(/try again in 8 minutes/i);
    press(en.form.save);
    await waitFor(() => expect(screen.getAllByText(/try again in 8 minutes/i)).toHaveLength(1));
    expect(screen.getByText(/try again in 8 minutes/i).closest('section')).toBeNull();
  });

  it('leads to the key without telling the other page where from', () => {
    serve(models);
    show(null);
    const link = screen.getByRole('link', { name: /platform\.openai\.com/ });
    expect(link.getAttribute('rel')).toBe('noopener noreferrer');
    expect(link.getAttribute('href')).toBe('https://platform.openai.com/api-keys');
  });

  it('takes a typed model with Enter and does not send the form by it', async () => {
    const calls = serve({ ...models, 'POST /api/v1/admin/suppliers': () => ok(credential(), 201) });
    show(null);
    type(key(), 'sk-typed');
    const filter = screen.getByRole('textbox', { name: en.form.models_filter });
    type(filter, ' my-deployment ');
    fireEvent.keyDown(filter, { key: 'Enter' });
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: /my-deployment/ }).checked).toBe(true);
    expect(calls.some(({ method }) => method === 'POST')).toBe(false);
    press(en.form.save);
    await waitFor(() => expect(calls.find(({ method }) => method === 'POST')?.body).toMatchObject({ models: ['my-deployment'] }));
  });
});
