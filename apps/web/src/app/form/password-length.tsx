import { useTexts } from '../i18n/use-texts.ts';

/** The server's rule (NIST SP 800-63B: length, no composition); the block list is the server's alone to judge. */
export const MIN_PASSWORD = 15;
/** Enough for whoever has a second factor besides. */
export const MIN_WITH_SECOND_FACTOR = 8;

/** Says as one types how many characters are still missing. */
export function PasswordLength({ value, least = MIN_PASSWORD }: { value: string; least?: number }) {
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
