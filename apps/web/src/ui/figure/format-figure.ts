/** A figure in two parts, so that the unit can be set smaller than the number. */
export interface FigureText {
  number: string;
  unit: string;
}

// Below this every digit is shown: 9,876 says more than 9.88K.
const SHORTEN_FROM = 10_000;

/**
 * Counts for people: 万 and 亿 in Chinese, K, M and B elsewhere, with at most two decimals; whole below 10,000.
 * @param locale BCP 47, 'zh-CN' | 'en-US'.
 */
export function formatFigure(value: number, locale: string): FigureText {
  if (!Number.isFinite(value)) return { number: '–', unit: '' };
  if (Math.abs(value) < SHORTEN_FROM) return { number: new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(value), unit: '' };
  const parts = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 2 }).formatToParts(value);
  const unit = parts.filter((part) => part.type === 'compact').map((part) => part.value).join('');
  const number = parts.filter((part) => part.type !== 'compact' && part.type !== 'literal').map((part) => part.value).join('');
  return { number, unit };
}

/** Milliseconds as people say them: < 1 ms, 365 ms, 1.34 s, 2 min 5 s. Units are the same in both languages. */
export function formatDuration(ms: number, locale: string): FigureText {
  if (!Number.isFinite(ms)) return { number: '–', unit: '' };
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  // A clock that counts whole ones has not seen nothing, but less than one.
  if (ms < 1) return { number: '< 1', unit: 'ms' };
  if (ms < 1000) return { number: whole.format(ms), unit: 'ms' };
  if (ms < 60_000) return { number: new Intl.NumberFormat(locale, { maximumFractionDigits: ms < 10_000 ? 2 : 1 }).format(ms / 1000), unit: 's' };
  const seconds = Math.round(ms / 1000);
  return { number: `${whole.format(Math.floor(seconds / 60))} min ${seconds % 60}`, unit: 's' };
}

/**
 * An amount as the contract writes it (a decimal string, never a float) in the reader's language.
 * Small amounts keep six decimals: a call may cost 0.001375.
 * @param currency ISO 4217.
 */
export function formatMoney(amount: string, currency: string, locale: string): string {
  if (!/^-?\d+(?:\.\d+)?$/.test(amount)) return '–';
  const small = /^-?0\.(?:\d*[1-9])/.test(amount) && Math.abs(Number(amount)) < 1;
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol', minimumFractionDigits: 2, maximumFractionDigits: small ? 6 : 2 });
  // Intl reads decimal strings exactly (ECMA-402 2023); the pattern above makes sure that it is one.
  return format.format(amount as `${number}`);
}

const KIB = 1024;
const byteSteps = [['gigabyte', KIB ** 3], ['megabyte', KIB ** 2], ['kilobyte', KIB]] as const;

/** A size in kB, MB or GB, each 1,024 of the one below. */
export function formatBytes(bytes: number, locale: string): string {
  const [unit, size] = byteSteps.find(([, least]) => bytes >= least) ?? byteSteps[2];
  return new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: 1 }).format(bytes / size);
}
