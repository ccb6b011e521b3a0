import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, configure, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { SupplierCredential } from '@lyss/api-types';
import { ok, refused, serve } from '../../api/test-server.ts';
import { noteToken } from '../../session/tabs.ts';
import { supplierPage, type SupplierPage } from './api.ts';
import { credential } from './test-rows.ts';
import { useToggleSupplier } from './use-toggle-supplier.ts';

// Tests run beside many others on few cores; waiting longer costs nothing where all is well.
configure({ asyncUtilTimeout: 8000 });

const row = credential();
const url = `PUT /api/v1/admin/suppliers/${row.id}`;
const query = { sort_by: 'created_at' as const };
const pagination = { page_size: 20, next_cursor: null, has_next: false };

function start() {
  noteToken(600);
  const client = new QueryClient();
  client.setQueryData<SupplierPage>(supplierPage(query).queryKey, { items: [row], pagination });
  const hopes = { onDone: vi.fn<(saved: SupplierCredential, undo: () => void) => void>(), onUndone: vi.fn(), onRefused: vi.fn() };
  const wrapper = ({ children }: { children: ReactNode }) => <QueryClientProvider client={client}>{children}</QueryClientProvider>;
  const { result } = renderHook(() => useToggleSupplier(hopes), { wrapper });
  const shown = () => client.getQueryData<SupplierPage>(supplierPage(query).queryKey)?.items[0]?.enabled;
  return { hopes, result, shown };
}

afterEach(() => vi.unstubAllGlobals());

describe('the switch in the row', () => {
  it('is seen before the answer, sends the version, and can be undone with the version that came of it', async () => {
    let answer: (response: Response) => void = () => undefined;
    const calls = serve({ [url]: () => new Promise<Response>((resolve) => (answer = resolve)) });
    const { hopes, result, shown } = start();
    act(() => result.current.toggle(row, false));
    await waitFor(() => expect(calls).toHaveLength(1));
    expect(shown()).toBe(false);
    expect(calls[0]?.headers.get('if-match')).toBe('"4"');
    expect(calls[0]?.body).toEqual({ name: row.name, enabled: false });
    act(() => answer(ok(credential({ enabled: false, version: 5 }))));
    await waitFor(() => expect(hopes.onDone).toHaveBeenCalledOnce());
    const undo = hopes.onDone.mock.calls[0]?.[1];
    act(() => undo?.());
    await waitFor(() => expect(calls).toHaveLength(2));
    expect(shown()).toBe(true);
    expect(calls[1]?.headers.get('if-match')).toBe('"5"');
    act(() => answer(ok(credential({ enabled: true, version: 6 }))));
    await waitFor(() => expect(hopes.onUndone).toHaveBeenCalledOnce());
    expect(hopes.onDone).toHaveBeenCalledOnce();
    expect(shown()).toBe(true);
  });

  it('goes back with the reason where the server refuses', async () => {
    serve({ [url]: () => refused(409, '3006') });
    const { hopes, result, shown } = start();
    act(() => result.current.toggle(row, false));
    await waitFor(() => expect(hopes.onRefused).toHaveBeenCalledOnce());
    expect(shown()).toBe(true);
    const [, failure, stale] = hopes.onRefused.mock.calls[0] ?? [];
    expect(failure.message).toBe('refused 3006');
    expect(stale).toBe(false);
    expect(hopes.onDone).not.toHaveBeenCalled();
  });

  it('says where somebody else was faster', async () => {
    serve({ [url]: () => refused(412, '3005', { reason: 'stale_version' }) });
    const { hopes, result, shown } = start();
    act(() => result.current.toggle(row, false));
    await waitFor(() => expect(hopes.onRefused).toHaveBeenCalledOnce());
    expect(hopes.onRefused.mock.calls[0]?.[2]).toBe(true);
    expect(shown()).toBe(true);
  });

  it('sends one change of a row at a time', async () => {
    const calls = serve({ [url]: () => new Promise<Response>(() => undefined) });
    const { result } = start();
    act(() => result.current.toggle(row, false));
    await waitFor(() => expect(calls).toHaveLength(1));
    expect(result.current.busy.has(row.id)).toBe(true);
    act(() => result.current.toggle(row, true));
    await act(() => new Promise((resolve) => setTimeout(resolve, 20)));
    expect(calls).toHaveLength(1);
  });
});
