import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openOver, useShell } from './shell-store.ts';
import { useShortcuts } from './use-shortcuts.ts';
import type { Command } from './use-commands.ts';

const run = vi.fn();
const make = (id: string, ...keys: string[]): Command => ({ id, group: 'go', label: id, keywords: '', keys, run: () => run(id) });
const commands = [make('users', 'G', 'U'), make('new', 'N'), make('help', '?'), make('none')];

function Page() {
  useShortcuts(commands);
  return <input aria-label="name" />;
}

beforeEach(() => {
  run.mockClear();
  openOver(null);
  render(<Page />);
});
afterEach(cleanup);

describe('keys', () => {
  it('go where G and a letter say', () => {
    fireEvent.keyDown(document.body, { key: 'g' });
    fireEvent.keyDown(document.body, { key: 'u' });
    expect(run.mock.calls).toEqual([['users']]);
  });
  it('act alone', () => {
    fireEvent.keyDown(document.body, { key: 'u' });
    fireEvent.keyDown(document.body, { key: 'n' });
    expect(run.mock.calls).toEqual([['new']]);
  });
  it('rest while somebody types, composes or has something open', () => {
    fireEvent.keyDown(screen.getByLabelText('name'), { key: 'n' });
    fireEvent.keyDown(document.body, { key: 'n', isComposing: true });
    openOver('shortcuts');
    fireEvent.keyDown(document.body, { key: 'n' });
    expect(run).not.toHaveBeenCalled();
  });
  it('rest under a modal drawer, and go on beside a peek', () => {
    const { unmount } = render(<dialog open />);
    fireEvent.keyDown(document.body, { key: 'n' });
    expect(run).not.toHaveBeenCalled();
    unmount();
    render(<div role="dialog" />);
    fireEvent.keyDown(document.body, { key: 'n' });
    expect(run.mock.calls).toEqual([['new']]);
  });
  it('take the question mark of a Chinese keyboard for one', () => {
    fireEvent.keyDown(document.body, { key: '？' });
    expect(run.mock.calls).toEqual([['help']]);
  });
  it('open and close the palette from anywhere, a field included', () => {
    fireEvent.keyDown(screen.getByLabelText('name'), { key: 'k', ctrlKey: true });
    expect(useShell.getState().open).toBe('palette');
    fireEvent.keyDown(document.body, { key: 'K', metaKey: true });
    expect(useShell.getState().open).toBeNull();
  });
});
