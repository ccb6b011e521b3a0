import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { InlineError, OfflineBanner } from './banner.tsx';
import { SkeletonRows, Waiting } from './skeleton.tsx';
import { EmptyState, ErrorState, NoPermission, NothingFound } from './state.tsx';

afterEach(cleanup);

describe('Waiting', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const draw = (waiting: boolean) => <Waiting waiting={waiting} label="Loading" skeleton={<SkeletonRows rows={2} columns={2} />}>rows</Waiting>;
  const skeletonShown = (root: HTMLElement) => root.querySelector('.ui-skeleton-rows')?.parentElement?.style.visibility === 'visible';
  const pass = (ms: number) => act(() => vi.advanceTimersByTime(ms));

  it('shows no skeleton for a short wait', () => {
    const { container, rerender } = render(draw(true));
    pass(149);
    expect(skeletonShown(container)).toBe(false);
    rerender(draw(false));
    expect(container.textContent).toBe('rows');
    pass(1000);
    expect(container.querySelector('.ui-skeleton-rows')).toBeNull();
  });

  it('shows one after 150 ms, and then for 300 ms at least', () => {
    const { container, rerender } = render(draw(true));
    pass(150);
    expect(skeletonShown(container)).toBe(true);
    rerender(draw(false));
    pass(299);
    expect(skeletonShown(container)).toBe(true);
    pass(1);
    expect(container.textContent).toBe('rows');
  });
});

describe('states', () => {
  it('say an error at once, with its request id and a way to try again', () => {
    const retry = vi.fn();
    render(<ErrorState title="Could not load users" requestId="req_1" requestIdLabel="Request" copyText="Copy" copiedText="Copied" retryText="Try again" onRetry={retry} />);
    expect(screen.getByRole('alert').textContent).toContain('Request req_1');
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(retry).toHaveBeenCalledOnce();
  });

  it('offer one action where there is nothing', () => {
    const clear = vi.fn();
    render(<><EmptyState title="No suppliers yet" why="Add one" action={<button type="button">Add</button>} /><NothingFound title="Nothing fits" clearText="Clear filters" onClear={clear} /><NoPermission title="Not for you" who="Ask Lin" /></>);
    expect(screen.getAllByRole('status')).toHaveLength(3);
    fireEvent.click(screen.getByRole('button', { name: 'Clear filters' }));
    expect(clear).toHaveBeenCalledOnce();
  });

  it('tell that the network is gone, and stop when it is back', () => {
    const online = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    render(<OfflineBanner text="Offline" />);
    expect(screen.getByText(/Offline/)).toBeDefined();
    online.mockReturnValue(true);
    act(() => void dispatchEvent(new Event('online')));
    expect(screen.queryByText(/Offline/)).toBeNull();
  });

  it('keep an empty place for an error, so that a screen reader hears it come', () => {
    const { rerender } = render(<InlineError>{null}</InlineError>);
    expect(screen.getByRole('alert').textContent).toBe('');
    rerender(<InlineError>Wrong password</InlineError>);
    expect(screen.getByRole('alert').textContent).toBe('Wrong password');
  });
});
