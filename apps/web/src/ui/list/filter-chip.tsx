import { Menu } from '../floating/menu.tsx';
import { useFloating } from '../floating/use-floating.ts';
import { ChevronDownIcon, CloseIcon } from '../icons.tsx';
import './list.css';

interface FilterChipProps {
  label: string;
  options: readonly { value: string; label: string }[];
  /** null: not filtered. */
  value: string | null;
  onChange: (value: string | null) => void;
  /** Names the cross that takes the filter away. */
  clearText: string;
}

/** One filter: its name while open, its name and value once set, with a cross to take it away. */
export function FilterChip({ label, options, value, onChange, clearText }: FilterChipProps) {
  const chosen = options.find((option) => option.value === value);
  const { trigger, open, close, triggerProps } = useFloating<HTMLButtonElement>();
  const items = options.map((option) => ({ key: option.value, label: option.label, checked: option.value === value, onSelect: () => onChange(option.value === value ? null : option.value) }));
  return (
    <span className={chosen ? 'ui-chip is-set' : 'ui-chip'}>
      <button ref={trigger} type="button" className="ui-chip-button" aria-haspopup="menu" {...triggerProps}>
        {label}
        {chosen ? <b>{chosen.label}</b> : <ChevronDownIcon size={13} />}
      </button>
      {open ? <Menu items={items} label={label} trigger={trigger} placement="below-start" onClose={close} /> : null}
      {chosen ? (
        <button type="button" className="ui-chip-clear" aria-label={`${clearText} ${label}`} onClick={() => onChange(null)}>
          <CloseIcon size={12} />
        </button>
      ) : null}
    </span>
  );
}
