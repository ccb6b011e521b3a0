import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { IconButton } from '../action-button.tsx';
import { CloseIcon, RefreshIcon, SearchIcon } from '../icons.tsx';
// The field's own look; not every page with a list has a dialog.
import '../overlay/overlay.css';
import './list.css';

const SEARCH_PAUSE_MS = 250;

interface SearchFieldProps {
  /** The search in the URL. */
  value: string;
  onSearch: (text: string) => void;
  label: string;
  clearText: string;
}

/** Search as the person types, a quarter of a second after the last key; not while an input method composes. */
export function SearchField({ value, onSearch, label, clearText }: SearchFieldProps) {
  const [draft, setDraft] = useState(value);
  const [composing, setComposing] = useState(false);
  useEffect(() => setDraft(value), [value]);
  useEffect(() => {
    if (composing || draft === value) return undefined;
    const timer = setTimeout(() => onSearch(draft), SEARCH_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [draft, composing, value, onSearch]);
  return (
    <div className="ui-search" role="search">
      <SearchIcon className="ui-search-icon" />
      <input
        type="text"
        inputMode="search"
        className="ui-field"
        value={draft}
        placeholder={label}
        aria-label={label}
        autoComplete="off"
        onChange={(event) => setDraft(event.target.value)}
        onCompositionStart={() => setComposing(true)}
        onCompositionEnd={() => setComposing(false)}
      />
      {draft ? <IconButton label={clearText} onClick={() => setDraft('')}><CloseIcon size={13} /></IconButton> : null}
    </div>
  );
}

/** Fetches again; its own icon turns, the rows stay as they are. */
export function RefreshButton({ label, refreshing, onRefresh }: { label: string; refreshing: boolean; onRefresh: () => void }) {
  return (
    <IconButton label={label} className="is-tool" aria-busy={refreshing || undefined} onClick={onRefresh}>
      <RefreshIcon className={refreshing ? 'is-turning' : undefined} />
    </IconButton>
  );
}

interface ListToolbarProps {
  search?: ReactNode;
  filters?: ReactNode;
  /** How many there are, in words. */
  count?: ReactNode;
  /** Columns, export, refresh: at the right. */
  tools?: ReactNode;
}

/** The line above a list: search, filters and count at the left, tools at the right. */
export function ListToolbar({ search, filters, count, tools }: ListToolbarProps) {
  return (
    <div className="ui-toolbar">
      {search}
      {filters}
      {count ? <span className="ui-count tabular-nums" role="status">{count}</span> : null}
      <div className="ui-tools">{tools}</div>
    </div>
  );
}
