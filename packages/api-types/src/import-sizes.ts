/** An archive comes in pieces of exactly this many bytes; the last one may be shorter. */
export const IMPORT_PIECE_BYTES = 1024 * 1024;
/** Of a file that is made, and so of one that is brought in: what Lyss made comes back. */
export const FILE_MOST_BYTES = 1024 * 1024 * 1024;
