/** A key that egress alone may open, and only for the origin it was sealed for. */
export interface OutgoingCredential {
  /** Calls of two credentials never share a socket. */
  id: string;
  /** Opens the sealed key for exactly this origin, or throws. */
  revealFor(origin: string): Promise<string>;
  headers(secret: string): Record<string, string>;
}

export interface EgressLimits {
  /** For DNS, opening the key, TCP and TLS together. */
  connect_ms: number;
  headers_ms: number;
  idle_ms: number;
  total_ms: number;
  max_bytes: number;
}

export interface EgressRequest {
  url: string;
  method?: 'GET' | 'POST';
  /** Those that HTTP or egress itself sets (host, length, encodings, hop-by-hop) are left out. */
  headers?: Record<string, string>;
  /** Text, or bytes that are sent as they are. */
  body?: string | Uint8Array;
  credential?: OutgoingCredential;
  request_id: string;
  signal?: AbortSignal;
  limits?: Partial<EgressLimits>;
}

export interface EgressResponse {
  /** As it came: a 3xx is returned, never followed. */
  status: number;
  headers: Record<string, string>;
  /** Read it to its end or leave it: until then its socket is held. Throws EgressError. */
  body: AsyncIterable<Uint8Array>;
}

export interface Egress {
  /** The answer as soon as its headers came; throws EgressError, or what `revealFor` threw. */
  fetch(request: EgressRequest): Promise<EgressResponse>;
  close(): Promise<void>;
}
