/** Every time zone the browser knows, and the one that is kept even where it does not. */
export function listTimeZones(kept: string | null): { value: string; label: string }[] {
  const names = new Set(['UTC', ...Intl.supportedValuesOf('timeZone')]);
  if (kept !== null) names.add(kept);
  return [...names].toSorted().map((name) => ({ value: name, label: sayTimeZone(name) }));
}

/** `America/New_York` as it is read. */
export function sayTimeZone(name: string): string {
  return name.replaceAll('_', ' ');
}
