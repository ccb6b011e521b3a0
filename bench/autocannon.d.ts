// The part of autocannon's interface that is used here; it brings no types of its own.
declare module 'autocannon' {
  interface Result {
    requests: { average: number; total: number };
    latency: { p50: number; p99: number };
    errors: number;
    non2xx: number;
    duration: number;
  }
  export default function autocannon(options: { url: string; connections: number; duration: number; headers?: Record<string, string>; method?: 'GET' | 'POST'; body?: string }): Promise<Result>;
}
