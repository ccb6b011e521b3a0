import { useTexts } from '../i18n/use-texts.ts';
import { TextField } from './field.tsx';

// As the contract reads one: without case, spaces and hyphens.
export const isRecoveryCode = (typed: string): boolean => /^[a-z0-9][a-z0-9 -]{8,38}$/i.test(typed.trim());

interface RecoveryCodeFieldProps {
  value: string;
  error: string | undefined;
  disabled: boolean;
  onValue: (typed: string) => void;
}

/** A recovery code, typed or pasted as it was kept. */
export function RecoveryCodeField({ value, error, disabled, onValue }: RecoveryCodeFieldProps) {
  const t = useTexts('app');
  return (
    <TextField
      label={t(($) => $.second_step.recovery_code)}
      className="mono"
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      maxLength={40}
      autoFocus
      readOnly={disabled}
      value={value}
      hint={t(($) => $.second_step.recovery_hint)}
      error={error}
      onValue={onValue}
    />
  );
}
