// Loaded into every process that is measured: tells its parent what it uses, and ends with it.
/** @typedef {{ rss: number, heap: number }} Memory bytes, after a collection */

const collect = /** @type {(() => void) | undefined} */ (Reflect.get(globalThis, 'gc'));

/** @returns {Memory} */
function readMemory() {
  // Twice: what the first collection frees of weak references, the second one takes.
  collect?.();
  collect?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  return { rss, heap: heapUsed + external };
}

function readCpu() {
  const { user, system } = process.cpuUsage();
  return user + system;
}

process.on('message', (message) => {
  // Apart, since a collection costs CPU itself.
  if (message === 'cpu') process.send?.(readCpu());
  if (message === 'memory') process.send?.(readMemory());
});
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
