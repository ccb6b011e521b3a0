/** Calls of one tenant that came while a turn was under way go together in the next one. */
export interface Turns<Asked, Answer> {
  ask(tenant_id: string, asked: Asked): Promise<Answer>;
  /** Waits until nothing is under way. */
  drain(): Promise<void>;
}

interface Waiting<Asked, Answer> {
  asked: Asked;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

interface TurnsPorts<Asked, Answer> {
  take(tenant_id: string, asked: Asked[]): Promise<Answer[]>;
  /** Whether a turn failed for what would fail each of its calls alone too. */
  isPassing(error: unknown): boolean;
  at_most: number;
}

/**
 * One commit for all that wait: a hot row takes some 300 commits a second, and some 8,000 calls in batches. Of a tenant one turn
 * runs at a time, at most `at_most` in it; tenants don't wait for each other. What is wrong with one call fails that call alone.
 */
export function createTurns<Asked, Answer>(ports: TurnsPorts<Asked, Answer>): Turns<Asked, Answer> {
  const waiting = new Map<string, Waiting<Asked, Answer>[]>();
  const running = new Map<string, Promise<void>>();

  const run = async (tenant_id: string): Promise<void> => {
    const queue = waiting.get(tenant_id) ?? [];
    while (queue.length > 0) await takeTurn(ports, tenant_id, queue.splice(0, ports.at_most));
    waiting.delete(tenant_id);
    running.delete(tenant_id);
  };

  return {
    ask: (tenant_id, asked) =>
      new Promise((resolve, reject) => {
        const queue = waiting.get(tenant_id) ?? [];
        waiting.set(tenant_id, queue);
        queue.push({ asked, resolve, reject });
        // Whoever comes in the same moment still gets into the first turn.
        if (!running.has(tenant_id)) running.set(tenant_id, Promise.resolve().then(() => run(tenant_id)));
      }),
    async drain() {
      while (running.size > 0) await Promise.all(running.values());
    },
  };
}

async function takeTurn<Asked, Answer>(ports: TurnsPorts<Asked, Answer>, tenant_id: string, turn: Waiting<Asked, Answer>[]): Promise<void> {
  try {
    const answers = await ports.take(tenant_id, turn.map(({ asked }) => asked));
    // One answer for each: `take` says so.
    turn.forEach(({ resolve }, place) => resolve(answers[place] as Answer));
  } catch (error) {
    if (turn.length > 1 && !ports.isPassing(error)) for (const alone of turn) await takeTurn(ports, tenant_id, [alone]);
    else for (const { reject } of turn) reject(error);
  }
}
