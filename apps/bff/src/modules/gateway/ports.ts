import type { Model, Price, ProviderId, SupplierFailureKind } from '@lyss/api-types';
import type { Actor, Caller } from '../../actor.ts';
import type { AppError } from '../../errors.ts';
import type { OpenedStream } from '../../http/open-streams.ts';
import type { Passage } from '../../providers/passage.ts';
import type { Provider, ProviderConnection } from '../../providers/provider.ts';
import type { Asking, End, Grant, Refusal } from '../../spending.ts';

/** A model as a call of the gateway needs it. */
export interface GatewayModel {
  supplier: ProviderId;
  supplier_model: string;
  credential_id: string;
  base_url: string;
  credential: ProviderConnection['credential'];
  price: Price | null;
  max_output_tokens: number | null;
}

/** The one way to spend; what each does is said in modules/ledger/ledger.ts. */
export interface LedgerPort {
  reserve(tenant_id: string, call: Asking): Promise<Grant | Refusal>;
  checkpoint(tenant_id: string, point: { id: string; output_tokens: number }): Promise<boolean>;
  settle(tenant_id: string, end: End): Promise<boolean>;
}

export interface GatewayPorts {
  ledger: LedgerPort;
  /** The living actor of an API key; throws 2003, or 2004 from a network that it is not for. */
  authenticate(key: string, caller: Caller): Promise<Actor>;
  limits: {
    /** Counts a call of nobody's; throws 1005. */
    takeOfNetwork(caller: Caller): Promise<void>;
    /** Counts a call against its tenant's limit of a minute; where that stands, null where there is none. Throws 1005. */
    takeOfTenant(tenant_id: string): Promise<{ limit: number; remaining: number; ends_in_ms: number } | null>;
  };
  openStream(actor: Actor, client: AbortSignal): OpenedStream;
  isDraining(): boolean;
  resolveModel(tenant_id: string, name: string, asker: { user_id: string }): Promise<GatewayModel>;
  listModels(actor: Actor): Promise<Pick<Model, 'name' | 'aliases' | 'supplier' | 'available'>[]>;
  findPassage(supplier: ProviderId): Passage | null;
  getProvider(supplier: ProviderId): Provider;
  /** How long to wait before the one other try; null where another try would not help. */
  chooseRetryDelay(error: unknown): number | null;
  /** What a call showed of its credential, which may change what is said of that. */
  recordOutcome(tenant_id: string, credential_id: string, outcome: { ok: boolean; kind: SupplierFailureKind | null; latency_ms: number }): Promise<void>;
  onDenied(actor: Actor, caller: Caller, path: string, refused: AppError): void;
  onFailure(error: unknown, request_id: string): void;
  observe(seen: { method: string; route: string; status: number; request_id: string; duration_ms: number }): void;
}
