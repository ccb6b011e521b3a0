/** @typedef {{ version?: string, resolved?: string, integrity?: string, link?: boolean, hasInstallScript?: boolean }} Locked */
/** @typedef {{ packages: Record<string, Locked> }} LockFile */
/** @typedef {{ path: string, manifest: { dependencies?: Record<string, string>, devDependencies?: Record<string, string>, optionalDependencies?: Record<string, string>, overrides?: Record<string, string> } }} Manifest */
/** @typedef {{ name: string, fixed_in: string, major: number | null }} Floor */

const EXACT = /^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/;
const WORKSPACE = '@lyss/';

/** @param {string} page docs/advisories.md @returns {Floor[]} the rows of its table of floors */
export function readFloors(page) {
  const table = page.split('## Floors')[1]?.split('\n## ')[0] ?? '';
  const rows = table.split('\n').filter((line) => line.startsWith('| ')).map((line) => line.split('|').map((cell) => cell.trim()));
  return rows.flatMap(([, name = '', fixed_in = '', major = '']) => (EXACT.test(fixed_in) ? [{ name, fixed_in, major: major === '' ? null : Number(major) }] : []));
}

/** @param {string} path in the lock file @returns {string} the package's name */
const nameOf = (path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** @param {LockFile} lock @returns {(Locked & { path: string, name: string, version: string })[]} what is fetched from a registry */
function listFetched(lock) {
  return Object.entries(lock.packages)
    .filter(([path, entry]) => path.includes('node_modules/') && !entry.link)
    .map(([path, entry]) => ({ ...entry, path, name: nameOf(path), version: entry.version ?? '' }));
}

/** @param {string} a @param {string} b @returns {boolean} whether version a comes before b; a prerelease comes before its release */
export function isBefore(a, b) {
  const parse = (/** @type {string} */ text) => /** @type {number[]} */ ((/^(\d+)\.(\d+)\.(\d+)/.exec(text) ?? []).slice(1).map(Number));
  const [left, right] = [parse(a), parse(b)];
  const differs = left.findIndex((part, index) => part !== right[index]);
  if (differs === -1) return a.includes('-') && !b.includes('-');
  return (left[differs] ?? 0) < (right[differs] ?? 0);
}

/**
 * @param {LockFile} lock @param {Floor[]} floors
 * @returns {string[]} installed versions that an advisory reaches
 */
export function listBelowFloor(lock, floors) {
  return listFetched(lock).flatMap(({ path, name, version }) =>
    floors
      .filter((floor) => floor.name === name && (floor.major === null || version.startsWith(`${floor.major}.`)) && isBefore(version, floor.fixed_in))
      .map(({ fixed_in }) => `${path}: ${version} has a known weakness, mended in ${fixed_in}`),
  );
}

/** @param {Manifest[]} manifests @returns {string[]} versions that may move by themselves */
export function listMoving(manifests) {
  return manifests.flatMap(({ path, manifest }) =>
    Object.entries({ ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies, ...manifest.overrides })
      .filter(([name, version]) => !EXACT.test(version) && !name.startsWith(WORKSPACE))
      .map(([name, version]) => `${path}: ${name} ${version} is not one exact version`),
  );
}

/** @param {LockFile} lock @param {Record<string, boolean>} allowed `allowScripts` of package.json @returns {string[]} */
export function listUntrusted(lock, allowed) {
  return listFetched(lock).flatMap(({ path, name, version, integrity, resolved, hasInstallScript }) => [
    ...(integrity?.startsWith('sha512-') ? [] : [`${path}: ${version} has no SHA-512 in the lock file`]),
    ...(resolved === undefined || resolved.startsWith('https://registry.npmjs.org/') ? [] : [`${path}: comes from ${resolved}`]),
    ...(hasInstallScript && !(name in allowed) ? [`${path}: wants to run an install script; allowScripts in package.json says nothing of it`] : []),
  ]);
}
