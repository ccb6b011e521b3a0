import './list.css';

interface SelectBoxProps {
  label: string;
  checked: boolean;
  /** Some of those it stands for, not all. */
  some?: boolean;
  disabled?: boolean;
  onChange: (on: boolean) => void;
}

/** The box that chooses a row, or all of them. */
export function SelectBox({ label, checked, some = false, disabled = false, onChange }: SelectBoxProps) {
  const mark = (box: HTMLInputElement | null) => {
    if (box) box.indeterminate = some;
  };
  return (
    <label className="ui-select-box">
      <input ref={mark} type="checkbox" aria-label={label} checked={checked} disabled={disabled} onChange={(event) => onChange(event.target.checked)} />
    </label>
  );
}
