import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

export interface Metrics {
  registry: Registry;
  /** Seconds of one answered request. */
  observeRequest(route: string, method: string, status: number, seconds: number): void;
  countReply(status: string, supplier: string): void;
  /** Reads a figure when the metrics are fetched. */
  watch(name: string, help: string, read: () => number): void;
}

/** Prometheus metrics of this process; labels are templates and closed sets, so their number stays small. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'lyss_http_request_duration_seconds',
    help: 'Time to the answer’s head',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  const replies = new Counter({ name: 'lyss_replies_total', help: 'Ended replies', labelNames: ['status', 'supplier'], registers: [registry] });
  return {
    registry,
    observeRequest: (route, method, status, seconds) => requests.observe({ route, method, status }, seconds),
    countReply: (status, supplier) => replies.inc({ status, supplier }),
    watch: (name, help, read) =>
      void new Gauge({
        name,
        help,
        registers: [registry],
        collect() {
          this.set(read());
        },
      }),
  };
}
