/** Every time zone the browser knows, and the one that is kept even where it does not. */
export function listTimeZones(kept: string | null): { value: string; label: string }[] {
  const names = new Set(['UTC', ...Intl.supportedValuesOf('timeZone')]);
  if (kept !== null) names.add(kept);
  return [...names].toSorted().map((name) => ({ value: name, label: name.replaceAll('_', ' ') }));
}

/** Currencies by code, the ones most tenants use first. */
export function listCurrencies(language: string, kept: string): { value: string; label: string }[] {
  const common = ['CNY', 'USD', 'EUR', 'HKD', 'TWD', 'JPY', 'GBP', 'SGD'];
  const codes = new Set([...common, ...Intl.supportedValuesOf('currency'), kept]);
  const names = new Intl.DisplayNames([language], { type: 'currency' });
  return [...codes].filter((code) => code !== '').map((code) => ({ value: code, label: `${code} · ${names.of(code) ?? code}` }));
}
