export interface Device {
  client: string | null;
  system: string | null;
}

// In this order: each names itself after the ones it wants to be taken for (Edge says Chrome, Chrome says Safari).
const clients: [RegExp, string][] = [
  [/\bEdgi?OS\/|\b(?:Headless)?EdgA?\/|\bEdge\//, 'Edge'],
  [/\bOPR\/|\bOpera\b/, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bMicroMessenger\//, 'WeChat'],
  [/\bYaBrowser\//, 'Yandex'],
  [/\bVivaldi\//, 'Vivaldi'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bChromium\//, 'Chromium'],
  [/\b(?:Headless)?Chrome\/|\bCriOS\//, 'Chrome'],
  [/\bEpiphany\//, 'GNOME Web'],
  [/\bSafari\//, 'Safari'],
  [/^curl\//, 'curl'],
  [/^Wget\//, 'Wget'],
  [/\bpython-requests\/|\bpython-httpx\/|\bPython-urllib\/|\baiohttp\//i, 'Python'],
  [/^node\b|\bundici\b|\bnode-fetch\b|\baxios\//, 'Node.js'],
  [/^Go-http-client\//, 'Go'],
  [/^okhttp\/|^Java\//, 'Java'],
  [/^PostmanRuntime\//, 'Postman'],
];
const systems: [RegExp, string][] = [
  [/\biPad\b/, 'iPadOS'],
  [/\biPhone\b|\biPod\b/, 'iOS'],
  [/\bOpenHarmony\b|\bHarmonyOS\b/, 'HarmonyOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b|\bMacintosh\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b|\bX11\b/, 'Linux'],
];

/** Program and system of a User-Agent header, out of closed lists: nothing that a sender wrote is ever shown. */
export function describeDevice(user_agent: string): Device {
  const find = (names: [RegExp, string][]) => names.find(([sign]) => sign.test(user_agent))?.[1] ?? null;
  return { client: find(clients), system: find(systems) };
}
