// In this order: Edge says that it is Chrome, which says that it is Safari; an iPhone says that it is like a Mac.
const clients: readonly [RegExp, string][] = [
  [/Edg(?:A|iOS)?\//, 'Edge'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];
const systems: readonly [RegExp, string][] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/CrOS/, 'ChromeOS'],
  [/Macintosh|Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
];

const find = (known: readonly [RegExp, string][], text: string) => known.find(([pattern]) => pattern.test(text))?.[1] ?? null;

/** What this browser calls itself: enough for a name that a person recognises later. */
export function readDevice(user_agent: string): { client: string | null; system: string | null } {
  return { client: find(clients, user_agent), system: find(systems, user_agent) };
}
