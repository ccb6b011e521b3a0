import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../spawn-process.ts';
import { places } from './places.ts';

const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** Addresses that nothing sweeps, and why. */
const exceptions: Readonly<Record<string, string>> = {
  '/platform-audit?tab=files': 'files are made of a tenant’s trail alone: this address shows the trail',
};

/** Every address of the console: routes below their parents, as `/looks/$lookId`, and each of their tabs. */
function listRoutes(routes: string, search: string): string[] {
  const found = new Map([...routes.matchAll(/const (\w+) = createRoute\(\{([\s\S]*?)\}\);/g)].map(([, name = '', body = '']) => [name, body]));
  expect(found.size, 'every route is written as the others are').toBe(routes.match(/createRoute\(/g)?.length);
  const findIn = (text: string, pattern: RegExp) => pattern.exec(text)?.[1] ?? '';
  const findPath = (name: string): string => {
    const body = found.get(name);
    return body === undefined ? '' : `${findPath(findIn(body, /getParentRoute: \(\) => (\w+)/))}/${findIn(body, /path: '([^']+)'/)}`.replace('//', '/');
  };
  const listTabs = (reader: string) => {
    const start = search.indexOf(`function ${reader}(`);
    return [...findIn(search.slice(start, search.indexOf('\n}', start)), /tab: oneOf\(read\.tab, \[([^\]]*)\]/).matchAll(/'(\w+)'/g)].map(([, tab = '']) => tab);
  };
  return [...found].flatMap(([name, body]) => [findPath(name), ...listTabs(findIn(body, /validateSearch: (\w+)/)).map((tab) => `${findPath(name)}?tab=${tab}`)]);
}

const listVisitorPaths = (paths: string) => [...(/visitorPaths = \{([^}]*)\}/.exec(paths)?.[1] ?? '').matchAll(/'([^']+)'/g)].map(([, path = '']) => path);

/** Addresses of places: those that are always there, and those that are made for a sweep. */
const swept = [...places.map(({ path }) => path), ...[...read('e2e/data/make-places.ts').matchAll(/fillPath\('([^']+)'/g)].map(([, path = '']) => path)];

/** What no place has an address of. A path of visitors that ends in a slash stands for all below it. */
function listUnswept(addresses: readonly string[], of: readonly string[]): string[] {
  return addresses.filter((address) => !of.some((path) => path === address || path.split('#')[0] === address || (address.endsWith('/') && address !== '/' && path.startsWith(address))));
}

describe('every page of the console is swept for barriers, languages and sizes', () => {
  const routes = [...listRoutes(read('apps/web/src/app/routes.tsx'), read('apps/web/src/app/search.ts')), ...listVisitorPaths(read('apps/web/src/app/paths.ts'))];

  it('routes, parts of pages and what visitors open', () => {
    expect(routes).toEqual(expect.arrayContaining(['/', '/looks/$lookId/$conversationId', '/audit?tab=check', '/roles?tab=matrix', '/sso/callback/', '/invitation/']));
    const missing = listUnswept(routes, swept).filter((address) => !(address in exceptions));
    expect(missing.map((address) => `${address}: say in e2e/data/places.ts, or make-places.ts, what is there`)).toEqual([]);
  });

  it('no exception is out of date', () => {
    expect(Object.keys(exceptions).filter((address) => !routes.includes(address) || swept.includes(address))).toEqual([]);
  });

  it('a page that nobody named is found, and a tab of one', () => {
    const planted = `const plans = createRoute({\n  getParentRoute: () => root,\n  path: '/plans',\n  validateSearch: readPlansSearch,\n});\nconst plan = createRoute({ getParentRoute: () => plans, path: '$planId' });`;
    const search = `export function readOtherSearch() {\n}\nexport function readPlansSearch(raw) {\n  return { tab: oneOf(read.tab, ['', 'old'], '') };\n}\n`;
    expect(listUnswept(listRoutes(planted, search), swept)).toEqual(['/plans', '/plans?tab=old', '/plans/$planId']);
    expect(listUnswept(listVisitorPaths(`visitorPaths = { a: '/goodbye', b: '/gift/' } as const`), ['/gift/x'])).toEqual(['/goodbye']);
  });
});
