import { ActionButton, IconButton } from '../action-button.tsx';
import { CloseIcon } from '../icons.tsx';
import type { RowAction } from './column.ts';
import './list.css';

interface BulkBarProps {
  /** How many are chosen, in words. */
  count: string;
  actions: readonly RowAction[];
  clearText: string;
  onClear: () => void;
}

/** What can be done with all the chosen rows; slides in over them while there are any. The list says how many there are, in a place that is there before. */
export function BulkBar({ count, actions, clearText, onClear }: BulkBarProps) {
  return (
    <div className="ui-bulk" role="group" aria-label={count}>
      <span className="tabular-nums">{count}</span>
      {actions.map((action) => <ActionButton key={action.key} size="small" className={action.danger ? 'is-risky' : ''} disabled={action.disabled === true} onClick={action.onSelect}>{action.label}</ActionButton>)}
      <IconButton label={clearText} onClick={onClear}><CloseIcon /></IconButton>
    </div>
  );
}
