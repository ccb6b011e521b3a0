/** Bytes of a logo at most. */
export const LOGO_BYTES = 256 * 1024;
/** Pixels of each side. */
export const LOGO_MOST_SIDE = 2048;
export const LOGO_LEAST_SIDE = 16;

export const logoTypes = ['image/png', 'image/jpeg', 'image/webp'] as const;
export type LogoType = (typeof logoTypes)[number];
/** Why some bytes are no logo. */
export const logoProblems = ['logo_too_large', 'logo_not_an_image', 'logo_too_many_pixels', 'logo_too_few_pixels'] as const;
export type LogoProblem = (typeof logoProblems)[number];

export interface JudgedLogo {
  media_type: LogoType;
  width: number;
  height: number;
}

/**
 * What a still PNG, JPEG or WebP says of itself in its first bytes (PNG 3rd edition §11.2.1, ITU-T T.81 §B.2.2, RFC 9649
 * §2), or why it cannot be a logo. A file's name is never asked. No pixel is decoded: browsers do that, and draw nothing where they can't.
 */
export function judgeLogo(bytes: Uint8Array): JudgedLogo | LogoProblem {
  if (bytes.byteLength > LOGO_BYTES) return 'logo_too_large';
  const found = readPng(bytes) ?? readJpeg(bytes) ?? readWebp(bytes);
  if (!found || found.width === 0 || found.height === 0) return 'logo_not_an_image';
  if (Math.max(found.width, found.height) > LOGO_MOST_SIDE) return 'logo_too_many_pixels';
  return Math.min(found.width, found.height) < LOGO_LEAST_SIDE ? 'logo_too_few_pixels' : found;
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const textAt = (bytes: Uint8Array, at: number, length = 4) => String.fromCharCode(...bytes.subarray(at, at + length));

const PNG = '\x89PNG\r\n\x1a\n';
/** Length, type and sum around what a chunk holds. */
const PNG_AROUND = 12;

function readPng(bytes: Uint8Array): JudgedLogo | null {
  if (textAt(bytes, 0, 8) !== PNG || textAt(bytes, 12) !== 'IHDR' || bytes.byteLength < 33) return null;
  const view = viewOf(bytes);
  for (let at = 8; at + PNG_AROUND <= bytes.byteLength; at += PNG_AROUND + view.getUint32(at)) {
    const type = textAt(bytes, at + 4);
    // What moves is no logo for a frame that stays beside one's work.
    if (type === 'acTL') return null;
    if (type === 'IEND') return { media_type: 'image/png', width: view.getUint32(16), height: view.getUint32(20) };
  }
  return null;
}

/** Frame headers: all of C0–CF but those that define tables, arithmetic coding or an extension. */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

function readJpeg(bytes: Uint8Array): JudgedLogo | null {
  if (textAt(bytes, 0, 3) !== '\xff\xd8\xff') return null;
  const view = viewOf(bytes);
  for (let at = 2; at + 9 <= bytes.byteLength; at += 2 + view.getUint16(at + 2)) {
    // Any number of FF may stand before a marker.
    while (bytes[at + 1] === 0xff && at + 10 < bytes.byteLength) at += 1;
    const marker = bytes[at + 1] ?? 0;
    if (bytes[at] !== 0xff || marker === 0xda || view.getUint16(at + 2) < 2) return null;
    if (isFrame(marker)) return { media_type: 'image/jpeg', width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
  }
  return null;
}

const WEBP_HEADER = 30;
const ANIMATED = 0x02;
const SIDE_BITS = 0x3fff;

function readWebp(bytes: Uint8Array): JudgedLogo | null {
  if (bytes.byteLength < WEBP_HEADER || textAt(bytes, 0) !== 'RIFF' || textAt(bytes, 8) !== 'WEBP') return null;
  const view = viewOf(bytes);
  const sized = (width: number, height: number): JudgedLogo => ({ media_type: 'image/webp', width, height });
  const kind = textAt(bytes, 12);
  if (kind === 'VP8 ' && textAt(bytes, 23, 3) === '\x9d\x01\x2a') return sized(view.getUint16(26, true) & SIDE_BITS, view.getUint16(28, true) & SIDE_BITS);
  if (kind === 'VP8L' && bytes[20] === 0x2f) {
    const bits = view.getUint32(21, true);
    return sized((bits & SIDE_BITS) + 1, ((bits >>> 14) & SIDE_BITS) + 1);
  }
  if (kind !== 'VP8X' || ((bytes[20] ?? 0) & ANIMATED) !== 0) return null;
  return sized((view.getUint32(24, true) & 0xffffff) + 1, (view.getUint32(26, true) >>> 8) + 1);
}
