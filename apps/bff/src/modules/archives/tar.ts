const BLOCK = 512;
/** Two empty blocks end an archive. */
export const TAR_END = Buffer.alloc(2 * BLOCK);
const MODE = '0000600';
const [NAME, SIZE, TIME, CHECKSUM, TYPE, MAGIC] = [0, 124, 136, 148, 156, 257];

/** One regular file as POSIX.1-1988 ustar writes it: header, content, padding to whole blocks. `name` is ASCII, at most 100. */
export function writeTarEntry(name: string, content: Uint8Array, made_at: Date): Buffer {
  const header = Buffer.alloc(BLOCK);
  header.write(name, NAME, 'latin1');
  for (const at of [100, 108, 116]) header.write(at === 100 ? MODE : '0000000', at, 'latin1');
  header.write(toOctal(content.byteLength), SIZE, 'latin1');
  header.write(toOctal(Math.floor(made_at.getTime() / 1000)), TIME, 'latin1');
  header.write('0', TYPE, 'latin1');
  header.write('ustar\x0000', MAGIC, 'latin1');
  header.write(`${sumHeader(header).toString(8).padStart(6, '0')}\0 `, CHECKSUM, 'latin1');
  return Buffer.concat([header, content, Buffer.alloc(padding(content.byteLength))]);
}

const toOctal = (number: number) => number.toString(8).padStart(11, '0');
const padding = (size: number) => (BLOCK - (size % BLOCK)) % BLOCK;

/** Of all bytes, with the checksum's own eight as spaces. */
function sumHeader(header: Buffer): number {
  let sum = 0;
  for (const [at, byte] of header.entries()) sum += at >= CHECKSUM && at < TYPE ? 0x20 : byte;
  return sum;
}
