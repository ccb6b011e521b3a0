import { describeStanding, type Actor } from '../actor.ts';
import { AppError } from '../errors.ts';

const PER_USER = 20;
const PER_TENANT = 200;
const PER_PROCESS = 1_500;
const CHECK_MS = 500;

interface OpenStream {
  actor: Actor;
  abort: AbortController;
}

export interface OpenedStream {
  signal: AbortSignal;
  close(): void;
}

export interface OpenStreams {
  /**
   * Counts a stream in, before anything is begun for it; its signal aborts when the client leaves, the session dies
   * (≤ 1 s) or the server stops. 429/503 over the limits.
   */
  open(actor: Actor, client: AbortSignal): OpenedStream;
  /** Looks at once whether everybody may still be served; it does so every half second anyway. */
  check(): Promise<void>;
  count(): number;
  stop(): void;
}

/** `listLive` says which of the sessions may still be served, and by what (`describeStanding`): a stream ends with either; `isOverloaded` sheds new streams first. */
export function createOpenStreams(listLive: (session_ids: string[]) => Promise<Map<string, string>>, isOverloaded: () => boolean): OpenStreams {
  const streams = new Set<OpenStream>();
  let checking = false;
  let again = false;

  const checkRoom = (actor: Actor) => {
    if (streams.size >= PER_PROCESS || isOverloaded()) throw new AppError('SERVICE_UNAVAILABLE', { retry_after_s: 5 });
    let user = 0;
    let tenant = 0;
    for (const other of streams) {
      if (other.actor.tenant_id !== actor.tenant_id) continue;
      tenant++;
      if (other.actor.user_id === actor.user_id) user++;
    }
    if (user >= PER_USER || tenant >= PER_TENANT) throw new AppError('RATE_LIMIT_EXCEEDED', { retry_after_s: 5, details: { limit: 'streams' } });
  };

  const check = async () => {
    // Asked while it looks: what changed meanwhile may not be in that answer.
    again = checking;
    if (checking || streams.size === 0) return;
    checking = true;
    try {
      // Those alone that were asked about: a stream that was opened meanwhile is not in the answer, and lives.
      const asked = [...streams];
      const live = await listLive([...new Set(asked.map(({ actor }) => actor.session_id))]);
      for (const { actor, abort } of asked) {
        if (live.get(actor.session_id) !== describeStanding(actor.permissions, actor.api_key?.limits)) abort.abort(new AppError('TOKEN_INVALID'));
      }
    } catch {
      // Whether a session lives can't be known while the database is away; its own log cannot be read either.
    } finally {
      checking = false;
    }
    if (again) await check();
  };
  const timer = setInterval(() => void check(), CHECK_MS);
  timer.unref();

  return {
    open(actor, client) {
      checkRoom(actor);
      const stream: OpenStream = { actor, abort: new AbortController() };
      streams.add(stream);
      const leave = () => stream.abort.abort();
      client.addEventListener('abort', leave, { once: true });
      const close = () => {
        streams.delete(stream);
        client.removeEventListener('abort', leave);
        stream.abort.abort();
      };
      return { signal: stream.abort.signal, close };
    },
    check,
    count: () => streams.size,
    stop() {
      clearInterval(timer);
      for (const stream of streams) stream.abort.abort();
    },
  };
}
