import { constants, inflateRawSync, type InflateRaw } from 'node:zlib';

/** How a gzip member begins (RFC 1952): two bytes that say so, and the only method there is. */
const MAGIC = Buffer.of(0x1f, 0x8b, 0x08);
const HEAD_BYTES = 10;
const [CHECKED, EXTRA, NAMED, COMMENTED] = [0x02, 0x04, 0x08, 0x10];

/** Where what is compressed begins, behind all that a member may say of itself. */
function skipHead(bytes: Buffer): number {
  const flags = bytes[MAGIC.length] ?? 0;
  let at = HEAD_BYTES;
  if (flags & EXTRA) at += 2 + (bytes[at] ?? 0) + 256 * (bytes[at + 1] ?? 0);
  for (const flag of [NAMED, COMMENTED]) if (flags & flag) at = bytes.indexOf(0, at) + 1 || bytes.length;
  return flags & CHECKED ? at + 2 : at;
}

/** What comes out of the one member that begins here, as far as it goes, and how long it was; null where none does. */
function openMember(bytes: Buffer): { opened: Buffer; length: number } | null {
  const head = skipHead(bytes);
  try {
    // Raw, for whatever lies behind the member is none of it. With `info` it also answers what read it, which the types do not know.
    const { buffer, engine } = inflateRawSync(bytes.subarray(head), { finishFlush: constants.Z_SYNC_FLUSH, info: true }) as unknown as { buffer: Buffer; engine: InflateRaw };
    return { opened: buffer, length: head + engine.bytesWritten };
  } catch {
    // Chance wrote the three bytes, or it is broken: what comes after it is looked at all the same.
    return null;
  }
}

/** All that lies in gzip within these bytes, wherever it begins, members that follow one another as one; and in gzip within that. */
export function unpack(bytes: Buffer): Buffer[] {
  const members: Buffer[] = [];
  for (let at = bytes.indexOf(MAGIC); at !== -1; ) {
    const member = openMember(bytes.subarray(at));
    if (member) members.push(member.opened);
    at = bytes.indexOf(MAGIC, at + (member?.length ?? 1));
  }
  const opened = Buffer.concat(members);
  return opened.length === 0 ? [] : [opened, ...unpack(opened)];
}
