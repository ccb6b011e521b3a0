import { TextField } from '../form/field.tsx';
import { isEmail, isWorkspace } from '../form/judge.ts';
import { useTexts } from '../i18n/use-texts.ts';

export interface Address {
  email: string;
  /** Empty where nobody named one. */
  workspace: string;
}

/** What keeps an address from being sent, by field. */
export function useAddressProblems({ email, workspace }: Address): Partial<Address> {
  const t = useTexts('app');
  const named = workspace.trim();
  return {
    ...(isEmail(email) ? {} : { email: email.trim() === '' ? t(($) => $.visitor.email.missing) : t(($) => $.visitor.email.malformed) }),
    ...(named === '' || isWorkspace(named) ? {} : { workspace: t(($) => $.visitor.workspace.malformed) }),
  };
}

interface FieldProps {
  value: string;
  error: string | undefined;
  onValue: (typed: string) => void;
}

/** The address that somebody signs in with. With `webauthn` browsers offer passkeys in its own list. */
export function EmailField({ value, error, autoComplete, onValue }: FieldProps & { autoComplete: 'username' | 'username webauthn' }) {
  const t = useTexts('app');
  return (
    <TextField
      label={t(($) => $.visitor.email.label)}
      name="email"
      type="email"
      inputMode="email"
      autoComplete={autoComplete}
      autoCapitalize="none"
      spellCheck={false}
      autoFocus
      value={value}
      error={error}
      onValue={onValue}
    />
  );
}

/** For whoever has the same address in several tenants. */
export function WorkspaceField({ value, hint, error, onValue }: FieldProps & { hint: string }) {
  const t = useTexts('app');
  return (
    <TextField
      label={t(($) => $.visitor.workspace.label)}
      name="workspace"
      className="mono"
      autoComplete="organization"
      autoCapitalize="none"
      spellCheck={false}
      maxLength={32}
      value={value}
      hint={hint}
      error={error}
      onValue={(typed) => onValue(typed.toLowerCase())}
    />
  );
}
