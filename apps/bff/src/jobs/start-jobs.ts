import type { Log } from '../telemetry/log.ts';
import { describeForLog } from '../telemetry/log.ts';

export interface PeriodicJob {
  name: string;
  every_ms: number;
  run(): Promise<unknown>;
}

/** Runs each job at its own pace, never twice at once; a failure is logged and the next turn comes all the same. */
export function startJobs(jobs: PeriodicJob[], log: Log): { stop(): Promise<void> } {
  const running = new Set<Promise<void>>();
  const timers = jobs.map((job) => {
    let busy = false;
    const timer = setInterval(() => {
      if (busy) return;
      busy = true;
      const turn = job
        .run()
        .then(
          () => undefined,
          (error: unknown) => log.warn('job failed', { kind: job.name, error: describeForLog(error) }),
        )
        .finally(() => {
          busy = false;
          running.delete(turn);
        });
      running.add(turn);
    }, job.every_ms);
    timer.unref();
    return timer;
  });
  return {
    async stop() {
      for (const timer of timers) clearInterval(timer);
      await Promise.all(running);
    },
  };
}
