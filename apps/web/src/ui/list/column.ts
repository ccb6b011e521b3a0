import type { ReactNode } from 'react';

/** One column of a list: what it shows, and where it goes when the list becomes cards. */
export interface ListColumn<Row> {
  /** Also the name by which the server sorts, where `sortable`. */
  key: string;
  title: string;
  render: (row: Row) => ReactNode;
  /** Figures stand right, so that their digits line up. */
  figure?: boolean;
  sortable?: boolean;
  /** In px. */
  width?: number;
  /** On a phone: `title` is the first line, `aside` stands right of it, `line` (the default) is part of the second, `none` is left out. */
  card?: 'title' | 'aside' | 'line' | 'none';
  /** On a phone its title stands before its value, which says too little alone. */
  named?: boolean;
  /** Can't be switched off: a row must say what it is. */
  fixed?: boolean;
}

export interface ListSort {
  by: string;
  order: 'asc' | 'desc';
}

/** Rows chosen to do the same with all of them. */
export interface ListSelection<Row> {
  /** By row key. */
  selected: ReadonlySet<string>;
  canSelect: (row: Row) => boolean;
  onSelect: (rows: readonly Row[], on: boolean) => void;
  label: (row: Row) => string;
  allLabel: string;
}

export interface RowAction {
  key: string;
  label: string;
  danger?: boolean;
  disabled?: boolean;
  onSelect: () => void;
}

/** Columns a person wants to see; names that no longer exist are passed over, so a kept preference never breaks a list. */
export function visibleColumns<Row>(columns: readonly ListColumn<Row>[], hidden: readonly string[]): ListColumn<Row>[] {
  return columns.filter((column) => column.fixed === true || !hidden.includes(column.key));
}
