/** Bytes of a list's file at most: five hundred people are a tenth of it. */
export const LIST_BYTES = 1024 * 1024;

/** A list's file as text: UTF-8, UTF-16 with its mark, or else the encoding that a Chinese Excel saves as "CSV". */
export function decodeList(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}
