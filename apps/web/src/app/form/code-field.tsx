import { useEffect, useRef } from 'react';
import { Field } from './field.tsx';
import './form.css';

const DIGITS = 6;

/** The digits of what was typed or pasted: “123 456”, and what a Chinese input method makes of them, are a code too. */
export function readCode(typed: string): string {
  return typed.normalize('NFKC').replace(/\D/g, '').slice(0, DIGITS);
}

/** Whether a code has all its digits. */
export const isWholeCode = (code: string): boolean => code.length === DIGITS;

interface CodeFieldProps {
  label: string;
  value: string;
  onValue: (code: string) => void;
  /** The last digit is there: nobody has to press a button. */
  onWhole: (code: string) => void;
  hint?: string | undefined;
  error?: string | undefined;
  disabled?: boolean;
  autoFocus?: boolean;
}

/** The six digits of an authenticator app, in one field that phones fill and people paste into. A refused code stays, chosen, so that the next one replaces it. */
export function CodeField({ label, value, onValue, onWhole, hint, error, disabled = false, autoFocus = false }: CodeFieldProps) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (error === undefined || disabled) return;
    field.current?.focus();
    field.current?.select();
  }, [error, disabled]);
  const type = (typed: string) => {
    const code = readCode(typed);
    if (code === value) return;
    onValue(code);
    if (isWholeCode(code)) onWhole(code);
  };
  return (
    <Field label={label} hint={hint} error={error}>
      {(described) => (
        <input
          {...described}
          ref={field}
          className="form-input form-code"
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          value={value}
          readOnly={disabled}
          autoFocus={autoFocus}
          onChange={(event) => type(event.target.value)}
        />
      )}
    </Field>
  );
}
