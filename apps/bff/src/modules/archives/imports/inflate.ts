import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { ArchiveRefused } from './refused.ts';

/** Opens gzip members bit by bit, and stops where more than `most_bytes` comes out. */
export async function* inflate(pieces: AsyncIterable<Uint8Array>, most_bytes: number): AsyncGenerator<Buffer> {
  const gunzip = createGunzip();
  const failures: unknown[] = [];
  const source = Readable.from(watch(pieces, failures));
  pipeline(source, gunzip, () => undefined);
  let out = 0;
  try {
    for await (const chunk of gunzip) {
      // A gunzip without an encoding gives buffers.
      const bytes = chunk as Buffer;
      out += bytes.byteLength;
      if (out > most_bytes) throw new ArchiveRefused('too_large');
      yield bytes;
    }
  } catch (error) {
    if (error instanceof ArchiveRefused) throw error;
    // What the source threw is its own matter, whatever the pipeline made of it.
    if (failures.length > 0) throw failures[0];
    throw new ArchiveRefused('not_an_archive', {}, error);
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}

async function* watch(pieces: AsyncIterable<Uint8Array>, failures: unknown[]): AsyncGenerator<Uint8Array> {
  try {
    yield* pieces;
  } catch (error) {
    failures.push(error);
    throw error;
  }
}
