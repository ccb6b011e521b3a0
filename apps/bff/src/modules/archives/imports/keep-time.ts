import type { TarEntry } from './read-entries.ts';
import { ArchiveRefused } from './refused.ts';

/** Half an hour for every 256 MiB of the file that was sent: what Lyss makes takes a part of it. */
const MOST_MS = 30 * 60_000;
const PER_BYTES = 256 * 1024 * 1024;

/** The files of an archive of `bytes`, as long as it may take; throws ArchiveRefused after that, and the signal's reason where it is aborted. */
export async function* keepTime(entries: AsyncIterable<TarEntry>, bytes: number, signal: AbortSignal): AsyncGenerator<TarEntry> {
  const until = Date.now() + MOST_MS * Math.ceil(bytes / PER_BYTES);
  for await (const entry of entries) {
    signal.throwIfAborted();
    if (Date.now() > until) throw new ArchiveRefused('took_too_long', { file: entry.name });
    yield entry;
  }
}
