import { Dropdown } from 'antd';
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
  const menu = {
    items: options.map((option) => ({ key: option.value, label: option.label })),
    selectable: true,
    selectedKeys: value === null ? [] : [value],
    onClick: ({ key }: { key: string }) => onChange(key === value ? null : key),
  };
  return (
    <span className={chosen ? 'ui-chip is-set' : 'ui-chip'}>
      <Dropdown menu={menu} trigger={['click']}>
        <button type="button" className="ui-chip-button" aria-haspopup="menu">
          {label}
          {chosen ? <b>{chosen.label}</b> : <ChevronDownIcon size={13} />}
        </button>
      </Dropdown>
      {chosen ? (
        <button type="button" className="ui-chip-clear" aria-label={`${clearText} ${label}`} onClick={() => onChange(null)}>
          <CloseIcon size={12} />
        </button>
      ) : null}
    </span>
  );
}
