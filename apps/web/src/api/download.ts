import type { EndpointId } from '@lyss/api-types';
import { buildCall, type CallInput } from './client.ts';

/** Lets the browser save the file that an endpoint answers: it streams to the disk, and never through this page's memory. */
export function download<I extends EndpointId>(id: I, input: CallInput<I>): void {
  const link = document.createElement('a');
  link.href = buildCall(id, input).url;
  link.download = '';
  link.click();
}
