import type { Part, Price, ProviderId, StartReplyInput } from '@lyss/api-types';
import type { Actor, Caller } from '../../../actor.ts';
import { appendAudit } from '../../../audit/append.ts';
import { newId } from '../../../crypto/digest.ts';
import type { Tenancy, TenantDb } from '../../../db/tenancy.ts';
import { AppError } from '../../../errors.ts';
import type { Provider, ProviderConnection } from '../../../providers/provider.ts';
import { countMessages } from '../../../providers/tokens.ts';
import { buildHistory } from './history.ts';
import type { ReplyOrder } from './reply.job.ts';
import * as repository from './repository.ts';
import type { NewReply } from './repository.ts';
import { reserveReply } from './reserve-reply.ts';
import type { Spending } from './spending.ts';

/** A model that this tenant may use now, with the one credential that serves it. */
export interface ChatModel {
  name: string;
  supplier: ProviderId;
  supplier_model: string;
  credential_id: string;
  base_url: string;
  credential: ProviderConnection['credential'];
  price: Price | null;
  context_window: number | null;
  max_output_tokens: number | null;
}

export interface StartPorts {
  tenancy: Tenancy;
  spending: Pick<Spending, 'reserve' | 'release'>;
  instance_id: string;
  resolveModel(tenant_id: string, name: string, asker: { user_id: string }): Promise<ChatModel>;
  getProvider(supplier: ProviderId): Provider;
  start(order: ReplyOrder): void;
}

const TITLE_CHARACTERS = 60;
const PER_USER = 20;
const PER_TENANT = 200;

/**
 * Saves the person's message and an empty answer, then starts the job that fills it. What can be refused is refused
 * here, before anything is written. Throws 3007 for a foreign conversation or message, 3005 while a reply runs in it, 2004
 * for a model that the actor's API key is not for, 3008 where a budget refuses it.
 */
export async function startReply(ports: StartPorts, actor: Actor, conversation_id: string, input: StartReplyInput, caller: Caller): Promise<string> {
  const models = actor.api_key?.models ?? null;
  if (models && !models.includes(input.model)) throw new AppError('INSUFFICIENT_PERMISSIONS', { details: { reason: 'model_not_in_api_key' } });
  for (;;) {
    const model = await ports.resolveModel(actor.tenant_id, input.model, { user_id: actor.user_id });
    try {
      return await startWith(ports, actor, conversation_id, input, caller, model);
    } catch (error) {
      // Removed between the two: another credential serves the model, or asking again says that none does.
      if (!repository.isCredentialGone(error)) throw error;
    }
  }
}

async function startWith(ports: StartPorts, actor: Actor, conversation_id: string, input: StartReplyInput, caller: Caller, model: ChatModel): Promise<string> {
  // Ids are in order of time within a millisecond: the question's must come before its answer's.
  const question_id = newId();
  const reply: NewReply = {
    ...{ id: newId(), message_id: newId(), conversation_id, user_id: actor.user_id, model: model.name, supplier: model.supplier },
    ...{ credential_id: model.credential_id, price: model.price, request_id: caller.request_id, instance_id: ports.instance_id },
  };
  const { temperature, max_output_tokens } = input.parameters ?? {};
  const api_key_id = actor.api_key?.id ?? null;
  const input_tokens = await countInput(ports, actor, conversation_id, input, model);
  const wanted = { reply, supplier_model: model.supplier_model, api_key_id, input_tokens, asked_output: max_output_tokens ?? null, model_output: model.max_output_tokens };
  const bound = await reserveReply(ports.spending, actor.tenant_id, wanted);
  const saved = await saveOrRelease(ports, actor, reply, question_id, input, caller);
  const cap = bound ? bound.output_tokens : max_output_tokens;
  ports.start({
    tenant_id: actor.tenant_id,
    ...{ reply, api_key_id, bound },
    supplier_model: model.supplier_model,
    provider: ports.getProvider(model.supplier),
    connection: { base_url: model.base_url, credential: model.credential },
    messages: buildHistory(saved.path, saved.system_prompt, model.context_window),
    parameters: { ...(temperature === undefined ? {} : { temperature }), ...(cap === undefined ? {} : { max_output_tokens: cap }) },
    wants_title: saved.wants_title,
    locale: caller.locale,
    address: caller.address,
  });
  return reply.id;
}

/** What the model will be shown, as it stands now: another turn that comes between is not charged for beyond it. */
async function countInput({ tenancy }: StartPorts, actor: Actor, conversation_id: string, input: StartReplyInput, { context_window }: ChatModel): Promise<number> {
  const { path, system_prompt } = await tenancy.withTenant(actor.tenant_id, async (db) => {
    const conversation = await repository.findPrompt(db, actor.user_id, conversation_id);
    if (!conversation) throw new AppError('RESOURCE_NOT_FOUND');
    const content = toParts(input.content);
    const leaf = content ? await findParent(db, conversation_id, input) : await findRegenerated(db, conversation_id, input.regenerate ?? '');
    const before = leaf === null ? [] : await repository.listPath(db, leaf);
    return { path: content ? [...before, { role: 'user' as const, content }] : before, system_prompt: conversation.system_prompt };
  });
  return countMessages(buildHistory(path, system_prompt, context_window));
}

/** What was held for a reply that could not be saved is given back at once. */
async function saveOrRelease({ tenancy, spending }: StartPorts, actor: Actor, reply: NewReply, question_id: string, input: StartReplyInput, caller: Caller) {
  try {
    return await tenancy.withTenant(actor.tenant_id, async (db) => {
      const begun = await saveTurn(db, actor, reply, question_id, input);
      const details = { conversation_id: reply.conversation_id, model: reply.model, supplier: reply.supplier };
      await appendAudit(db, { actor, caller }, { action: 'replies.started', resource_type: 'reply', resource_id: reply.id, details });
      return begun;
    });
  } catch (error) {
    // Where even that fails its lease runs out.
    await spending.release(actor.tenant_id, reply.id).catch(() => false);
    throw error;
  }
}

/** A reply goes on without its reader, so the limit of open streams (security.md) holds for what runs as well. */
async function refuseCrowd(db: TenantDb, user_id: string): Promise<void> {
  const running = await repository.countRunningReplies(db, user_id);
  if (running.user >= PER_USER || running.tenant >= PER_TENANT) throw new AppError('RATE_LIMIT_EXCEEDED', { retry_after_s: 5, details: { limit: 'replies' } });
}

async function saveTurn(db: TenantDb, actor: Actor, reply: NewReply, question_id: string, input: StartReplyInput) {
  const conversation = await repository.lockConversation(db, actor.user_id, reply.conversation_id);
  if (!conversation) throw new AppError('RESOURCE_NOT_FOUND');
  const running = await repository.findRunningReply(db, conversation.id);
  if (running) throw new AppError('RESOURCE_CONFLICT', { details: { reason: 'reply_running', reply_id: running } });
  await refuseCrowd(db, actor.user_id);
  const content = toParts(input.content);
  const parent_id = content ? await saveUserMessage(db, conversation.id, question_id, input, content) : await findRegenerated(db, conversation.id, input.regenerate ?? '');
  await repository.insertReply(db, reply, parent_id);
  const title = conversation.title === null && content ? shorten(content) : null;
  await repository.touchConversation(db, conversation.id, { model: input.model, ...(title ? { title } : {}) });
  const wants_title = title !== null;
  return { path: parent_id ? await repository.listPath(db, parent_id) : [], system_prompt: conversation.system_prompt, wants_title };
}

function toParts(content: StartReplyInput['content']): Part[] | null {
  if (content === undefined) return null;
  return typeof content === 'string' ? [{ type: 'text', text: content }] : content;
}

async function saveUserMessage(db: TenantDb, conversation_id: string, id: string, input: StartReplyInput, content: Part[]): Promise<string> {
  const parent_id = await findParent(db, conversation_id, input);
  await repository.insertUserMessage(db, { id, conversation_id, parent_id, content });
  return id;
}

async function findParent(db: TenantDb, conversation_id: string, input: StartReplyInput): Promise<string | null> {
  const parent_id = input.parent_id === undefined ? await repository.findNewestMessage(db, conversation_id) : input.parent_id;
  if (parent_id !== null && !(await repository.findMessage(db, conversation_id, parent_id))) throw new AppError('RESOURCE_NOT_FOUND');
  return parent_id;
}

/** The message that the answer to be made anew had answered. */
async function findRegenerated(db: TenantDb, conversation_id: string, message_id: string): Promise<string | null> {
  const message = await repository.findMessage(db, conversation_id, message_id);
  if (!message) throw new AppError('RESOURCE_NOT_FOUND');
  if (message.role !== 'assistant') throw new AppError('OPERATION_NOT_ALLOWED', { details: { reason: 'not_an_answer' } });
  return message.parent_id;
}

/** A first title until the model has made one: the beginning of the first message. */
function shorten(content: Part[]): string {
  const text = content.map((part) => (part.type === 'text' ? part.text : '')).join(' ');
  const line = text.replace(/[\p{Cc}\s]+/gu, ' ').trim();
  const characters = [...line];
  return characters.length > TITLE_CHARACTERS ? `${characters.slice(0, TITLE_CHARACTERS - 1).join('')}…` : line;
}
