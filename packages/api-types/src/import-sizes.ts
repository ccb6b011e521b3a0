/** An archive comes in pieces of exactly this many bytes; the last one may be shorter. */
export const IMPORT_PIECE_BYTES = 1024 * 1024;
export const IMPORT_MOST_BYTES = 256 * 1024 * 1024;
