import { CloseIcon } from '../../ui/icons.tsx';

/** A filter that a link set: which, to what, and a cross to take it away; nothing where it isn't set. */
export function SetFilter({ label, value, clearText, onClear }: { label: string; value: string; clearText: string; onClear: () => void }) {
  if (value === '') return null;
  return (
    <span className="ui-chip is-set audit-set">
      <span className="ui-chip-button">{label} <b className="mono" title={value}>{value}</b></span>
      <button type="button" className="ui-chip-clear" aria-label={`${clearText} ${label}`} onClick={onClear}><CloseIcon size={12} /></button>
    </span>
  );
}
