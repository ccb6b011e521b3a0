import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { getProgram, node24, root, runLogged, windows } from './programs.mjs';

const DEBIAN = '/usr/bin/chromium';

/**
 * The Chromium for the tests and where it comes from: $LYSS_CHROMIUM, Debian's, Playwright's; else one is installed.
 * @param {string} log_path of an installation @returns {Promise<{ path: string, origin: string }>}
 */
export async function getChromium(log_path) {
  const named = process.env['LYSS_CHROMIUM'];
  if (named && !existsSync(named)) throw new Error(`LYSS_CHROMIUM names ${named}, which does not exist`);
  return (named ? { path: named, origin: 'LYSS_CHROMIUM' } : findChromium()) ?? installChromium(log_path);
}

function findChromium() {
  if (existsSync(DEBIAN)) return { path: DEBIAN, origin: 'Debian' };
  const path = locatePlaywrights();
  return existsSync(path) ? { path, origin: 'Playwright' } : null;
}

function locatePlaywrights() {
  const script = `process.stdout.write(require('playwright-core').chromium.executablePath())`;
  return execFileSync(node24, ['-e', script], { cwd: root, encoding: 'utf8' });
}

/** @param {string} log_path */
async function installChromium(log_path) {
  const root_user = process.getuid?.() === 0;
  if (root_user && !windows && existsSync('/usr/bin/apt-get')) {
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    await runLogged('apt-get', ['update'], { log_path, env });
    // Without a Chinese font the Chinese pages are measured in boxes.
    await runLogged('apt-get', ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'], { log_path, env });
  } else {
    await runLogged(node24, [getProgram('playwright', 'playwright'), 'install', 'chromium'], { log_path });
  }
  const found = findChromium();
  if (found === null) throw new Error(`No Chromium after installing one; ${log_path} says more`);
  return { ...found, origin: `${found.origin}, installed just now` };
}
