import { useTexts } from '../i18n/use-texts.ts';

/** The platform's own rule (NIST SP 800-63B: length, no composition), where there is no tenant yet; elsewhere the server says what holds. */
export const MIN_PASSWORD = 15;

/** Says as one types how many of the `least` characters are still missing. */
export function PasswordLength({ value, least }: { value: string; least: number }) {
  const t = useTexts('app');
  const length = [...value].length;
  const missing = least - length;
  return (
    <span className="form-strength">
      <span className="form-strength-track" aria-hidden="true">
        <span className={missing > 0 ? '' : 'is-enough'} style={{ width: `${Math.min(100, (length / least) * 100)}%` }} />
      </span>
      {missing > 0 ? t(($) => $.password.missing, { count: missing }) : t(($) => $.password.enough)}
    </span>
  );
}
