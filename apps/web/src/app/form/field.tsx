import { useId, type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes } from 'react';
import './form.css';

interface FrameProps {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
}
interface Described {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
}

/** Label over control over one line that is the hint, or the error where there is one. */
export function Field({ label, hint, error, children }: FrameProps & { children: (described: Described) => ReactNode }) {
  const id = useId();
  const line = error ?? hint;
  return (
    <div className="form-field">
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-describedby': line ? `${id}-line` : undefined, 'aria-invalid': error ? true : undefined })}
      <div id={`${id}-line`} role={error ? 'alert' : undefined} className={error ? 'form-line is-error' : 'form-line'}>{line}</div>
    </div>
  );
}

type TextFieldProps = FrameProps & Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'id'> & { onValue: (value: string) => void };

/** One line of text. */
export function TextField({ label, hint, error, onValue, className = '', ...rest }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(described) => <input {...rest} {...described} className={`form-input ${className}`.trim()} onChange={(event) => onValue(event.target.value)} />}
    </Field>
  );
}

type SelectFieldProps = FrameProps & Omit<SelectHTMLAttributes<HTMLSelectElement>, 'onChange' | 'id'> & { onValue: (value: string) => void; options: { value: string; label: string }[] };

/** One of a few values; the system's own list, which every phone and screen reader knows. */
export function SelectField({ label, hint, error, onValue, options, ...rest }: SelectFieldProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(described) => (
        <select {...rest} {...described} className="form-input" onChange={(event) => onValue(event.target.value)}>
          {options.map((option) => <option key={option.value} value={option.value}>{option.label}</option>)}
        </select>
      )}
    </Field>
  );
}
