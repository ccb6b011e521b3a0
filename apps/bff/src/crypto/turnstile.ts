export interface Turnstile {
  /** Runs `work` when it is its turn; throws what `refuse` makes when the queue is full. */
  pass<T>(work: () => Promise<T>): Promise<T>;
}

/** Lets `at_once` through, keeps `waiting` in line in order of arrival, and turns the rest away at once. */
export function createTurnstile(options: { at_once: number; waiting: number; refuse: () => Error }): Turnstile {
  const queue: (() => void)[] = [];
  let inside = 0;

  async function enter(): Promise<void> {
    if (inside < options.at_once) {
      inside += 1;
      return;
    }
    if (queue.length >= options.waiting) throw options.refuse();
    // Whoever leaves hands over its place, so `inside` does not change and nobody can slip in between.
    await new Promise<void>((resolve) => void queue.push(resolve));
  }

  function leave(): void {
    const next = queue.shift();
    if (next === undefined) inside -= 1;
    else next();
  }

  return {
    async pass(work) {
      await enter();
      try {
        return await work();
      } finally {
        leave();
      }
    },
  };
}
