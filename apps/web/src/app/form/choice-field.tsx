import { useId } from 'react';
import './form.css';

interface ChoiceFieldProps<T extends string> {
  label: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onValue: (value: T) => void;
}

/** A few values that are better seen than opened. */
export function ChoiceField<T extends string>({ label, value, options, onValue }: ChoiceFieldProps<T>) {
  const name = useId();
  return (
    <fieldset className="form-choice">
      <legend>{label}</legend>
      {options.map((option) => (
        <label key={option.value}>
          <input type="radio" name={name} value={option.value} checked={option.value === value} onChange={() => onValue(option.value)} />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}
