import type { CredentialTest, SupplierFailureKind } from '@lyss/api-types';
import { demoBaseUrl } from './demo.ts';
import { isChatModel, isReasoningModel } from './model-traits.ts';
import { ProviderError, type Provider, type ProviderConnection, type VerificationStep } from './provider.ts';

export type Verification = CredentialTest;

export interface VerificationRequest {
  connection: ProviderConnection;
  /** The model to ask; without one, a small one of those found. */
  model?: string | null;
  signal?: AbortSignal;
  request_id: string;
}

const totalMs = 15_000;
const triedModels = 2;
// One token is enough to be answered; a model that thinks first refuses so small a limit.
const tokenLimits = { plain: 1, reasoning: 64 };
const smallModels = /mini|nano|lite|flash|haiku|small|air|turbo|tiny|8b|demo$/i;
const unlikelyModels = /preview|exp|beta|pro\b|max\b|opus|thinking|reason/i;

const keyKinds: ReadonlySet<SupplierFailureKind> = new Set(['authentication_failed', 'permission_denied']);
const modelKinds: ReadonlySet<SupplierFailureKind> = new Set(['model_not_found', 'permission_denied', 'unknown']);

/** The steps so far; each lasts from the end of the one before. */
class Course {
  readonly #steps: Verification['steps'] = [];
  readonly #started = performance.now();
  #last = this.#started;

  add(step: VerificationStep, kind: SupplierFailureKind | null, note: string = kind ?? 'ok'): void {
    const now = performance.now();
    this.#steps.push({ step, ok: kind === null, duration_ms: Math.round(now - this.#last), message: note });
    this.#last = now;
  }

  close(kind: SupplierFailureKind | null, models: string[]): Verification {
    return { ok: kind === null, kind, latency_ms: Math.round(performance.now() - this.#started), models, steps: this.#steps };
  }
}

interface Trial {
  provider: Provider;
  connection: ProviderConnection;
  signal: AbortSignal;
  request_id: string;
}

function readKind(error: unknown, signal: AbortSignal): SupplierFailureKind {
  if (error instanceof ProviderError) return error.kind;
  return signal.aborted ? 'timeout' : 'unknown';
}

function rankModels(ids: string[]): string[] {
  const score = (id: string): number => (smallModels.test(id) ? 2 : 0) - (unlikelyModels.test(id) ? 1 : 0) - (isReasoningModel(id) ? 1 : 0);
  return ids.filter(isChatModel).toSorted((a, b) => score(b) - score(a));
}

/** Notes how far the first call came. Its answer, of whatever status, proves address and encryption; 401 or 403 is about the key. */
async function findModels(trial: Trial, course: Course): Promise<{ models: string[]; kind: SupplierFailureKind | null; ends: boolean }> {
  // The demo lives in this very process: nothing is sent that could be read.
  const plain = trial.connection.base_url === demoBaseUrl ? 'not_needed' : 'not_encrypted';
  const encryption = plain === 'not_encrypted' && URL.parse(trial.connection.base_url)?.protocol === 'https:' ? 'ok' : plain;
  const pass = (): void => {
    course.add('address', null);
    course.add('tls', null, encryption);
  };
  try {
    const models = await trial.provider.listModels(trial.connection, trial);
    pass();
    course.add('key', null, trial.connection.credential ? 'ok' : 'not_needed');
    course.add('models', null);
    return { models, kind: null, ends: false };
  } catch (error) {
    const kind = readKind(error, trial.signal);
    const answered = error instanceof ProviderError && error.status !== null;
    if (!answered) {
      const step = error instanceof ProviderError && error.step === 'tls' ? 'tls' : 'address';
      if (step === 'tls') course.add('address', null);
      course.add(step, kind, error instanceof ProviderError ? error.fault : undefined);
      return { models: [], kind, ends: true };
    }
    pass();
    const refused = keyKinds.has(kind);
    if (!refused) course.add('key', null, 'unproved');
    course.add(refused ? 'key' : 'models', kind);
    return { models: [], kind, ends: refused };
  }
}

async function tryModel(trial: Trial, model: string): Promise<SupplierFailureKind | null> {
  const max_output_tokens = isReasoningModel(model) ? tokenLimits.reasoning : tokenLimits.plain;
  const request = { model, messages: [{ role: 'user' as const, text: 'Hi' }], parameters: { max_output_tokens }, signal: trial.signal, request_id: trial.request_id };
  try {
    await trial.provider.complete(trial.connection, request);
    return null;
  } catch (error) {
    return readKind(error, trial.signal);
  }
}

async function runSteps(trial: Trial, model: string | null, course: Course): Promise<Verification> {
  const found = await findModels(trial, course);
  if (found.ends) return course.close(found.kind, []);
  const candidates = model === null ? rankModels(found.models).slice(0, triedModels) : [model];
  let kind: SupplierFailureKind | null = found.kind ?? 'model_not_found';
  for (const candidate of candidates) {
    kind = await tryModel(trial, candidate);
    // Another model helps only where this one was at fault.
    if (kind === null || !modelKinds.has(kind)) break;
  }
  if (candidates.length > 0 || found.kind === null) course.add('completion', kind);
  return course.close(kind, found.models);
}

/**
 * The test of a credential, step by step: address, tls, key, models, completion. Steps after a failed one are absent;
 * a supplier that lists no models passes by its completion where a model was named. Never throws; 15 s at most.
 */
export async function verifyConnection(provider: Provider, request: VerificationRequest): Promise<Verification> {
  const deadline = AbortSignal.timeout(totalMs);
  const signal = request.signal ? AbortSignal.any([request.signal, deadline]) : deadline;
  const course = new Course();
  try {
    return await runSteps({ provider, connection: request.connection, signal, request_id: request.request_id }, request.model ?? null, course);
  } catch (error) {
    const kind = readKind(error, signal);
    course.add('address', kind);
    return course.close(kind, []);
  }
}
