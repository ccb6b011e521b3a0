import type { Actor } from '../../actor.ts';
import { AppError } from '../../errors.ts';
import { ProviderError } from '../../providers/provider.ts';
import { openAccount } from './account.ts';
import { readAsked, type CallKind } from './asked.ts';
import { Call } from './call.ts';
import { Ended } from './ended.ts';
import type { Exchange } from './exchange.ts';
import { passAnswer } from './pass-answer.ts';
import { readNeutral } from './neutral.ts';
import type { GatewayModel, GatewayPorts } from './ports.ts';
import type { Running } from './running.ts';
import { translateAnswer } from './translate-answer.ts';

/** Serves one call of a model from its body to its end in the ledger. Throws what refuses it; what fails it later is told to the caller here. */
export async function serveCall(ports: GatewayPorts, running: Running, exchange: Exchange, given: { actor: Actor; kind: CallKind; bytes: Buffer }): Promise<void> {
  const { actor } = given;
  const asked = readAsked(given.kind, given.bytes);
  const models = actor.api_key?.models ?? null;
  if (models && !models.includes(asked.model)) throw new AppError('INSUFFICIENT_PERMISSIONS', { details: { reason: 'model_not_in_api_key' } });
  const model = await ports.resolveModel(actor.tenant_id, asked.model, actor);
  // Before anything is held: what can't be carried is the caller's to change.
  if (!ports.findPassage(model.supplier)) readNeutral(asked);
  const opened = asked.is_stream ? ports.openStream(actor, exchange.left) : null;
  try {
    const account = await openAccount(ports.ledger, { actor, caller: exchange.caller }, asked, model);
    const call = new Call({ exchange, actor, asked, model, account });
    call.follow(exchange.left, (signal) => signal.reason);
    // The session of a stream: its key revoked, or the server's stop.
    if (opened) call.follow(opened.signal, () => exchange.left.reason ?? new Ended(ports.isDraining() ? 'shutdown' : 'no_longer_allowed'));
    await runCall(ports, running, call);
  } finally {
    opened?.close();
  }
}

async function runCall(ports: GatewayPorts, running: Running, call: Call): Promise<void> {
  running.add(call);
  let last: Buffer | null = null;
  let failure: unknown = null;
  try {
    last = await call.attempt(() => ask(ports, call), ports.chooseRetryDelay);
  } catch (error) {
    failure = error;
  }
  try {
    const end = await call.describeEnd(failure);
    // Before the caller has all of it: what is acknowledged has been charged.
    await running.settle(call.tenant_id, end, call.exchange.caller.request_id);
  } finally {
    running.remove(call);
  }
  recordOutcome(ports, call, failure);
  if (last) return finish(call, last);
  if (failure instanceof Ended && failure.reason === 'client_stalled') return call.exchange.cutOff();
  if (!(failure instanceof ProviderError) && !(failure instanceof Ended)) ports.onFailure(failure, call.exchange.caller.request_id);
  call.exchange.fail(failure);
}

function ask(ports: GatewayPorts, call: Call): Promise<Buffer> {
  const passage = ports.findPassage(call.model.supplier);
  return passage ? passAnswer(passage, call) : translateAnswer(ports.getProvider(call.model.supplier), call);
}

function finish({ asked, exchange }: Call, last: Buffer): void {
  if (asked.is_stream) exchange.end(last);
  else exchange.sendBytes(200, last);
}

function recordOutcome(ports: GatewayPorts, { model, exchange, tenant_id }: { model: GatewayModel; exchange: Exchange; tenant_id: string }, failure: unknown): void {
  if (failure !== null && !(failure instanceof ProviderError)) return;
  const outcome = { ok: failure === null, kind: failure instanceof ProviderError ? failure.kind : null, latency_ms: Math.round(performance.now() - exchange.started_at) };
  ports.recordOutcome(tenant_id, model.credential_id, outcome).catch((error: unknown) => ports.onFailure(error, exchange.caller.request_id));
}

