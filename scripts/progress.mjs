import { performance } from 'node:perf_hooks';

const FRAME_MS = 200;

/**
 * Shows one piece of work while it runs and how long it took: one line that changes on a terminal, two plain ones elsewhere.
 * @template T
 * @param {string} doing what is done now, such as "Installing packages"
 * @param {string} done the same when it is over, such as "Packages installed"
 * @param {() => Promise<T>} work
 * @param {NodeJS.WriteStream} [out]
 * @returns {Promise<T>}
 */
export async function showProgress(doing, done, work, out = process.stdout) {
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1000;
  const draw = () => out.write(`\r\u001b[K  ${doing} … ${Math.floor(seconds())} s`);
  const timer = out.isTTY ? setInterval(draw, FRAME_MS) : null;
  if (timer) draw();
  else out.write(`  ${doing} …\n`);
  try {
    const result = await work();
    out.write(`${timer ? '\r\u001b[K' : ''}✓ ${done} in ${seconds().toFixed(1)} s\n`);
    return result;
  } catch (error) {
    out.write(`${timer ? '\r\u001b[K' : ''}✗ ${doing}: failed after ${seconds().toFixed(1)} s\n`);
    throw error;
  } finally {
    if (timer) clearInterval(timer);
  }
}
