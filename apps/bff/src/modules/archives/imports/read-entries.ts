import { MOST_FILES } from '../manifest.ts';
import { readTarHeader, TAR_BLOCK } from '../tar.ts';
import { ArchiveRefused } from './refused.ts';

/** A part has 2 MiB, or one row that is longer. */
const MOST_ENTRY_BYTES = 32 * 1024 * 1024;
/** What stands behind an archive's end fills a record of tar, and no more. */
const MOST_PADDING_BYTES = 1024 * 1024;
/** What our own archives hold, and no path that leads anywhere else. */
const NAME = /^(?:manifest\.json|(?:data\/[a-z_]{1,60}|audit\/audit)-\d{6}\.jsonl)$/;

export interface TarEntry {
  name: string;
  content: Buffer;
}

/** The files of a tar, one after the other; what is no plain file, twice there or strangely named is refused. Nothing of it touches a disk. */
export async function* readEntries(chunks: AsyncIterable<Buffer>): AsyncGenerator<TarEntry> {
  const reader = createReader(chunks);
  const seen = new Set<string>();
  for (;;) {
    const block = await reader.take(TAR_BLOCK);
    if (block.every((byte) => byte === 0)) return reader.expectZeros();
    const header = readTarHeader(block);
    if (!header || header.type !== '0') throw new ArchiveRefused('not_an_archive');
    const { name, size } = header;
    if (!NAME.test(name)) throw new ArchiveRefused('wrong_file', { file: name.slice(0, 100) });
    if (seen.has(name)) throw new ArchiveRefused('duplicate', { file: name });
    if (size > MOST_ENTRY_BYTES || seen.size > MOST_FILES) throw new ArchiveRefused('too_large', { file: name });
    seen.add(name);
    const content = await reader.take(size);
    await reader.take((TAR_BLOCK - (size % TAR_BLOCK)) % TAR_BLOCK);
    yield { name, content };
  }
}

function createReader(chunks: AsyncIterable<Buffer>) {
  const source = chunks[Symbol.asyncIterator]();
  let held: Buffer[] = [];
  let length = 0;
  async function pull(): Promise<boolean> {
    const next = await source.next();
    if (next.done) return false;
    held.push(next.value);
    length += next.value.byteLength;
    return true;
  }
  return {
    async take(bytes: number): Promise<Buffer> {
      while (length < bytes) if (!(await pull())) throw new ArchiveRefused('damaged');
      const all = Buffer.concat(held);
      held = [all.subarray(bytes)];
      length -= bytes;
      return all.subarray(0, bytes);
    },
    /** To the very end, so that what hides behind an archive's end is no part of one. */
    async expectZeros(): Promise<void> {
      let padding = 0;
      do {
        padding += length;
        if (padding > MOST_PADDING_BYTES) throw new ArchiveRefused('too_large');
        if (held.some((chunk) => chunk.some((byte) => byte !== 0))) throw new ArchiveRefused('not_an_archive');
        [held, length] = [[], 0];
      } while (await pull());
    },
  };
}
