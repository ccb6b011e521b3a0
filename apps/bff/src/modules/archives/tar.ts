export const TAR_BLOCK = 512;
/** Two empty blocks end an archive. */
export const TAR_END = Buffer.alloc(2 * TAR_BLOCK);
const MODE = '0000600';
const [NAME, SIZE, TIME, CHECKSUM, TYPE, MAGIC, PREFIX] = [0, 124, 136, 148, 156, 257, 345];

/** One regular file as POSIX.1-1988 ustar writes it: header, content, padding to whole blocks. `name` is ASCII, at most 100. */
export function writeTarEntry(name: string, content: Uint8Array, made_at: Date): Buffer {
  const header = Buffer.alloc(TAR_BLOCK);
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
const padding = (size: number) => (TAR_BLOCK - (size % TAR_BLOCK)) % TAR_BLOCK;

/** Of all bytes, with the checksum's own eight as spaces. */
function sumHeader(header: Buffer): number {
  let sum = 0;
  for (const [at, byte] of header.entries()) sum += at >= CHECKSUM && at < TYPE ? 0x20 : byte;
  return sum;
}

/** Name, size and type of an entry; null where the block is no header that was written whole. */
export function readTarHeader(block: Buffer): { name: string; size: number; type: string } | null {
  const field = (from: number, length: number) => block.toString('latin1', from, from + length).replace(/\0.*$/s, '');
  const size = field(SIZE, TIME - SIZE).trim();
  const isWhole = Number.parseInt(field(CHECKSUM, TYPE - CHECKSUM).trim(), 8) === sumHeader(block) && field(MAGIC, 5) === 'ustar' && /^[0-7]{1,11}$/.test(size);
  // Long names stand in a prefix, which no file of ours has.
  if (!isWhole || field(PREFIX, 1) !== '') return null;
  return { name: field(NAME, 100), size: Number.parseInt(size, 8), type: field(TYPE, 1) };
}
