import type { TenantImport } from '@lyss/api-types';
import { IMPORT_PIECE_BYTES } from '@lyss/api-types/import-sizes';
import { ApiFailure, call } from '../../../api/client.ts';

const TRIES = 4;
const PAUSE_MS = 1_500;

/** Sends a file piece by piece, each again where the network failed; `begun` goes on where it is the same file. Throws ApiFailure, or the abort. */
export async function sendArchive(file: File, begun: TenantImport | undefined, onSent: (share: number) => void, signal: AbortSignal): Promise<TenantImport> {
  const sha256 = await digest(file);
  let kept = begun?.sha256 === sha256 ? begun : await call('imports.start', { body: { file_name: file.name, bytes: file.size, sha256 }, idempotency_key: crypto.randomUUID(), signal });
  for (let number = 0; number * IMPORT_PIECE_BYTES < file.size && kept.state === 'uploading'; number++) {
    const content = await toBase64(file.slice(number * IMPORT_PIECE_BYTES, (number + 1) * IMPORT_PIECE_BYTES));
    kept = await sendPiece(kept.id, { number, content }, signal);
    onSent(Math.min(1, ((number + 1) * IMPORT_PIECE_BYTES) / file.size));
  }
  return kept;
}

async function sendPiece(id: string, body: { number: number; content: string }, signal: AbortSignal): Promise<TenantImport> {
  for (let tried = 1; ; tried++) {
    try {
      return await call('imports.upload', { params: { id }, body, signal });
    } catch (failure) {
      const isPassing = failure instanceof ApiFailure && (failure.status === 0 || failure.status === 429 || failure.status >= 500);
      if (!isPassing || tried === TRIES) throw failure;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * tried));
    }
  }
}

async function digest(file: File): Promise<string> {
  const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
  return [...sum].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The browser's own reader makes it, off the page's thread. */
function toBase64(piece: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(',', 2)[1] ?? '');
    reader.onerror = () => reject(reader.error ?? new Error('the file cannot be read'));
    reader.readAsDataURL(piece);
  });
}
