import type { Actor } from '../../actor.ts';
import { AppError } from '../../errors.ts';
import type { GatewayPorts } from './ports.ts';

/** A model as OpenAI's clients read it (platform.openai.com/docs/api-reference/models/object). */
interface ListedModel {
  id: string;
  object: 'model';
  created: number;
  owned_by: string;
}

/** The models that a key may call now. */
export async function listModels(ports: Pick<GatewayPorts, 'listModels'>, actor: Actor): Promise<ListedModel[]> {
  const models = await ports.listModels(actor);
  // When a supplier made a model is not known; their clients want a number.
  const listed = models.filter(({ available }) => available).flatMap(({ name, aliases, supplier }) => [name, ...aliases].map((id): ListedModel => ({ id, object: 'model', created: 0, owned_by: supplier })));
  const allowed = actor.api_key?.models;
  return allowed ? listed.filter(({ id }) => allowed.includes(id)) : listed;
}

/** Throws 3007 for a model that the key may not call. */
export async function getModel(ports: Pick<GatewayPorts, 'listModels'>, actor: Actor, name: string): Promise<ListedModel> {
  const found = (await listModels(ports, actor)).find(({ id }) => id === name);
  if (!found) throw new AppError('RESOURCE_NOT_FOUND', { details: { resource: 'model' } });
  return found;
}
