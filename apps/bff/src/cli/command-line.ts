import type { AuditWho } from '../audit/append.ts';

/** Who did it, where the operator's command line did. */
export const commandLine: AuditWho = { actor: null, caller: { request_id: 'command-line', address: 'command-line' } };
