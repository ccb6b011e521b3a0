import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { showProgress } from './progress.mjs';
import { CommandFailure, getDataDir, node24, root, runLogged, windows } from './programs.mjs';

/** @typedef {{ packages: Record<string, { version?: string, integrity?: string, link?: boolean, optional?: boolean }> }} LockFile */

/**
 * Whether what npm wrote about node_modules when it was done is what the lock file asks for.
 * @param {LockFile} wanted @param {LockFile} installed
 */
export function matchesLock(wanted, installed) {
  return Object.entries(wanted.packages).every(([path, entry]) => {
    if (!path.includes('node_modules/') || entry.link || entry.optional) return true;
    const found = installed.packages[path];
    return found?.version === entry.version && found?.integrity === entry.integrity;
  });
}

function isInstalled() {
  const written = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(written) || !existsSync(node24)) return false;
  const read = (/** @type {string} */ path) => /** @type {LockFile} */ (JSON.parse(readFileSync(path, 'utf8')));
  return matchesLock(read(join(root, 'package-lock.json')), read(written));
}

/** Installs what the lock file asks for, unless it is there. Throws CommandFailure. */
export async function ensureInstalled() {
  if (isInstalled()) return;
  const log_path = join(getDataDir(), 'logs', 'install.log');
  await showProgress('Installing packages (once, a minute or two)', 'Packages installed', async () => {
    await runNpmCi(log_path);
    if (!existsSync(node24)) {
      throw new CommandFailure('npm did not install Node 24', 'The install script of the package "node" did not run: see "npm config get ignore-scripts".', log_path);
    }
  });
}

/** @param {string} log_path */
async function runNpmCi(log_path) {
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=warn'];
  // npm tells its scripts where it lives; by hand it is on the path.
  const npm = process.env['npm_execpath'];
  if (npm?.endsWith('.js')) await runLogged(process.execPath, [npm, ...args], { log_path });
  else await runLogged('npm', args, { log_path, shell: windows });
}

/** What a person can do about an install that failed. @param {string} output */
export function suggestRemedy(output) {
  if (/ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|ERR_SOCKET_TIMEOUT/.test(output)) {
    return 'The npm registry could not be reached. Check the network, a proxy ("npm config get proxy") or a mirror ("npm config set registry https://…"), then run the same command again.';
  }
  if (/ENOSPC/.test(output)) return 'The disk is full: about 1.5 GB are needed. Make room and run the same command again.';
  if (/EACCES|EPERM/.test(output)) return `This folder, or npm's cache, belongs to somebody else: give ${root} and ~/.npm to the user who starts Lyss.`;
  if (/EUSAGE|not in sync/.test(output)) return 'package.json and package-lock.json differ: "git status" shows what changed; "npm install" brings them together.';
  return 'Run the same command again; if it fails in the same place, the log says why.';
}
