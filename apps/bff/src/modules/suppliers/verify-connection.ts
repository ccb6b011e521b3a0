import { supplierEndpoints, type CredentialTest, type ProviderId, type SupplierCredential } from '@lyss/api-types';
import { AppError } from '../../errors.ts';
import { isChatModel } from '../../providers/model-traits.ts';
import type { ProviderConnection } from '../../providers/provider.ts';
import type { ProviderRegistry } from '../../providers/registry.ts';
import type { TestOutcome } from './repository.ts';

export interface Trial {
  provider: ProviderId;
  connection: ProviderConnection;
  /** The models somebody named, for suppliers that list none or others than they serve (Azure's deployments). */
  models: readonly string[];
  request_id: string;
  signal: AbortSignal;
}

const MODELS_AT_MOST = 500;
// The contract's own form of a model's name: what could not be sent to us is not taken from a supplier either.
const modelName = supplierEndpoints.create.body.shape.models.unwrap().element;

/** Tries a connection outside any transaction: by a model the supplier lists, else by one that was named. Never throws. */
export async function verifyConnection(providers: Pick<ProviderRegistry, 'verify'>, { provider, models, ...trial }: Trial): Promise<CredentialTest> {
  const first = keepFittingModels(await providers.verify(provider, trial));
  const named = models.find(isChatModel) ?? models[0];
  const reached = first.steps.some(({ step, ok }) => step === 'key' && ok);
  if (first.ok || !reached || named === undefined) return first;
  return keepFittingModels(await providers.verify(provider, { ...trial, model: named }));
}

/** As `verifyConnection`; throws the contract's failure unless the supplier accepted the key. */
export async function proveConnection(providers: Pick<ProviderRegistry, 'verify'>, trial: Trial): Promise<CredentialTest> {
  const result = await verifyConnection(providers, trial);
  if (!result.ok) throw describeRefusal(result);
  return result;
}

export function describeOutcome({ ok, kind, latency_ms }: Pick<CredentialTest, 'ok' | 'kind' | 'latency_ms'>): TestOutcome {
  const last_test: SupplierCredential['last_test'] = { at: new Date().toISOString(), ok, kind, latency_ms };
  return { status: ok ? 'healthy' : 'failing', last_test };
}

/** The names a supplier gave that fit the contract, each once, 500 at most. */
export function keepFittingModels(result: CredentialTest): CredentialTest {
  const fitting = result.models.filter((name) => modelName.safeParse(name).success);
  return { ...result, models: [...new Set(fitting)].slice(0, MODELS_AT_MOST) };
}

function describeRefusal({ kind, steps }: CredentialTest): AppError {
  const failed = steps.findLast((step) => !step.ok);
  const details = { kind, step: failed?.step ?? null, ...(failed && failed.message !== kind ? { reason: failed.message } : {}) };
  switch (kind) {
    case 'authentication_failed':
    case 'permission_denied':
      return new AppError('INVALID_CREDENTIALS', { details });
    case 'address_not_allowed':
    case 'connection_failed':
      return new AppError('NETWORK_ERROR', { details });
    case 'timeout':
      return new AppError('EXTERNAL_API_TIMEOUT', { details });
    default:
      return new AppError('AI_PROVIDER_ERROR', { details });
  }
}
