import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { ArchiveRefused } from './refused.ts';

/** What comes out, all in all. */
const MOST_BYTES = 2 * 1024 * 1024 * 1024;
/** Rows of text shrink to a twentieth or so; a bomb to a thousandth. The first of it may be anything. */
const MOST_RATIO = 200;
const FREE_BYTES = 32 * 1024 * 1024;

/** Opens gzip members bit by bit, and stops where more comes out than any archive of ours would hold. */
export async function* inflate(pieces: AsyncIterable<Uint8Array>, packed_bytes: number): AsyncGenerator<Buffer> {
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
      if (out > MOST_BYTES || out > FREE_BYTES + MOST_RATIO * packed_bytes) throw new ArchiveRefused('too_large');
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
