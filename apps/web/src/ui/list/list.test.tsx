import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ListColumn } from './column.ts';
import { visibleColumns } from './column.ts';
import type { ListTableProps } from './list-table.tsx';
import { ListTable } from './list-table.tsx';
import { NameCell } from './name-cell.tsx';
import { PeekPanel } from './peek-panel.tsx';
import { SearchField } from './toolbar.tsx';

interface Model {
  id: string;
  name: string;
  context: number;
}
const rows: Model[] = [{ id: 'm1', name: 'Alpha', context: 32 }, { id: 'm2', name: 'Beta', context: 64 }];
const onOpen = vi.fn();
const columns: ListColumn<Model>[] = [
  { key: 'name', title: 'Name', fixed: true, sortable: true, card: 'title', render: (row) => <NameCell name={row.name} id={row.id} onOpen={() => onOpen(row)} copyText="Copy" copiedText="Copied" /> },
  { key: 'context', title: 'Context', figure: true, render: (row) => String(row.context) },
];
let narrow = false;

function draw(props: Partial<ListTableProps<Model>> = {}) {
  return render(<ListTable label="Models" columns={columns} rows={rows} rowKey={(row) => row.id} actionsLabel={(row) => `Actions of ${row.name}`} loadingText="Loading" empty="none" {...props} />);
}

beforeEach(() => {
  narrow = false;
  onOpen.mockClear();
  vi.stubGlobal('matchMedia', () => ({ matches: narrow, addEventListener: () => undefined, removeEventListener: () => undefined }));
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

it('names a value on a phone’s card for the eye too, where the column says so', () => {
  narrow = true;
  draw({ columns: [...columns.slice(0, 1), ...columns.slice(1).map((column) => ({ ...column, named: true }))] });
  expect(screen.getAllByText('Context', { exact: false })[0]?.className).toBe('');
  expect(screen.getAllByRole('listitem')[0]?.textContent).toContain('Context 32');
});

describe('ListTable', () => {
  it('is a table with its sort said, and walks up, down and back', () => {
    const onSort = vi.fn();
    const { rerender } = draw({ sort: null, onSort });
    const again = (sort: ListTableProps<Model>['sort']) => rerender(<ListTable label="Models" columns={columns} rows={rows} rowKey={(row) => row.id} actionsLabel={() => ''} loadingText="" empty="" sort={sort ?? null} onSort={onSort} />);
    for (const sort of [{ by: 'name', order: 'asc' }, { by: 'name', order: 'desc' }, null] as const) {
      fireEvent.click(screen.getByRole('button', { name: 'Name' }));
      expect(onSort).toHaveBeenLastCalledWith(sort);
      again(sort);
      expect(screen.getByRole('columnheader', { name: 'Name' }).getAttribute('aria-sort')).toBe(sort === null ? null : sort.order === 'asc' ? 'ascending' : 'descending');
    }
    expect(within(screen.getByRole('table', { name: 'Models' })).queryByRole('button', { name: 'Context' })).toBeNull();
  });

  it('opens a row by its name and by a click on the row, not by a click on what is in it', () => {
    const openRow = vi.fn();
    draw({ onOpen: openRow });
    fireEvent.click(screen.getByRole('button', { name: 'Alpha' }));
    expect(onOpen).toHaveBeenCalledExactlyOnceWith(rows[0]);
    fireEvent.click(screen.getAllByRole('button', { name: 'Copy' })[0] as HTMLElement);
    expect(openRow).not.toHaveBeenCalled();
    fireEvent.click(screen.getByText('64'));
    expect(openRow).toHaveBeenCalledExactlyOnceWith(rows[1]);
  });

  it('becomes cards on a phone, with the same words', () => {
    narrow = true;
    draw({ actions: () => [{ key: 'edit', label: 'Edit', onSelect: () => undefined }] });
    expect(screen.queryByRole('table')).toBeNull();
    expect(screen.getAllByRole('listitem')).toHaveLength(2);
    for (const word of ['Alpha', '64']) expect(screen.getByText(word)).toBeDefined();
    expect(screen.getByRole('button', { name: 'Actions of Beta' })).toBeDefined();
  });

  it('says why there is nothing, and passes over columns that are gone', () => {
    draw({ rows: [] });
    expect(screen.getByText('none')).toBeDefined();
    expect(visibleColumns(columns, ['context', 'name', 'long gone']).map((column) => column.key)).toEqual(['name']);
  });
});

describe('PeekPanel', () => {
  it('moves with J and K, closes with Escape, and not while someone types', () => {
    const [onNext, onPrevious, onClose] = [vi.fn(), vi.fn(), vi.fn()];
    render(<PeekPanel title="Alpha" onNext={onNext} onPrevious={onPrevious} onClose={onClose} texts={{ previous: 'Previous', next: 'Next', close: 'Close' }}><input aria-label="note" /></PeekPanel>);
    expect(document.activeElement).toBe(screen.getByRole('dialog', { name: 'Alpha' }));
    for (const key of ['j', 'k']) fireEvent.keyDown(screen.getByLabelText('note'), { key });
    expect([onNext, onPrevious].map((called) => called.mock.calls.length)).toEqual([0, 0]);
    for (const key of ['j', 'k', 'Escape']) fireEvent.keyDown(document.body, { key });
    fireEvent.keyDown(document.body, { key: 'j', ctrlKey: true });
    expect([onNext, onPrevious, onClose].map((called) => called.mock.calls.length)).toEqual([1, 1, 1]);
  });
});

describe('SearchField', () => {
  it('waits for a pause, and for the input method', () => {
    vi.useFakeTimers();
    const onSearch = vi.fn();
    render(<SearchField value="" onSearch={onSearch} label="Search" clearText="Clear" />);
    const field = screen.getByLabelText('Search');
    fireEvent.compositionStart(field);
    fireEvent.change(field, { target: { value: 'mo xing' } });
    act(() => vi.advanceTimersByTime(1000));
    expect(onSearch).not.toHaveBeenCalled();
    fireEvent.compositionEnd(field);
    fireEvent.change(field, { target: { value: '模型' } });
    act(() => vi.advanceTimersByTime(250));
    expect(onSearch).toHaveBeenCalledExactlyOnceWith('模型');
  });
});
