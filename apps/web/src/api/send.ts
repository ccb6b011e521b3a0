import { offlineFailure, chosenLanguage } from './failure.ts';

export interface Outgoing {
  method: string;
  url: string;
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal | undefined;
  /** Milliseconds until the answer's headers; a stream's body may take as long as it likes. */
  timeout_ms: number;
}

/** The page's only fetch. Throws OFFLINE where no answer comes, and the caller's own abort as it is. */
export async function send(outgoing: Outgoing): Promise<Response> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), outgoing.timeout_ms);
  const signals = outgoing.signal ? [outgoing.signal, late.signal] : [late.signal];
  const headers: Record<string, string> = { accept: 'application/json', 'accept-language': chosenLanguage(), ...outgoing.headers };
  if (outgoing.body !== undefined) headers['content-type'] = 'application/json';
  try {
    return await fetch(outgoing.url, {
      method: outgoing.method,
      headers,
      credentials: 'same-origin',
      cache: 'no-store',
      redirect: 'error',
      signal: AbortSignal.any(signals),
      ...(outgoing.body === undefined ? {} : { body: JSON.stringify(outgoing.body) }),
    });
  } catch (cause) {
    if (outgoing.signal?.aborted) throw cause;
    throw offlineFailure();
  } finally {
    clearTimeout(timer);
  }
}
