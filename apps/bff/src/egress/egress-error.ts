export type EgressFailureKind = 'address_not_allowed' | 'connection_failed' | 'timeout' | 'too_large' | 'aborted';
export type EgressPhase = 'address' | 'connect' | 'tls' | 'headers' | 'body';

/** One text per kind: what a forbidden host, port or answer was like must not be readable from it. */
const MESSAGES: Record<EgressFailureKind, string> = {
  address_not_allowed: 'The address is not allowed.',
  connection_failed: 'The connection failed.',
  timeout: 'The other side took too long.',
  too_large: 'The answer is too large.',
  aborted: 'The call was stopped.',
};

/** Why an outgoing call failed, and how far it came; never holds an address, a header or a key. */
export class EgressError extends Error {
  override name = 'EgressError';
  readonly kind: EgressFailureKind;
  readonly phase?: EgressPhase;
  /** The system's own code (`ECONNREFUSED`, `CERT_HAS_EXPIRED`), for logs. */
  readonly code?: string;

  constructor(kind: EgressFailureKind, phase?: EgressPhase, code?: string) {
    super(MESSAGES[kind]);
    this.kind = kind;
    if (phase !== undefined) this.phase = phase;
    if (code !== undefined) this.code = code;
  }
}

/** The `code` of an error of the system or of undici, where it has one. */
export function findErrorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  return error.code;
}
