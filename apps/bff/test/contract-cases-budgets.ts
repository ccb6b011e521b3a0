import type { EndpointId } from '@lyss/api-types';
import type { Sent } from './contract-cases.ts';
import type { ContractScene } from './contract-scene.ts';

// No name of the form of an id: attacks put other ids in the place of such.
const draft = () => ({ name: crypto.randomUUID().replaceAll('-', ''), scope: 'tenant', period: 'month', limit: '1000000' });

async function newBudget({ app }: ContractScene): Promise<string> {
  const made = await app.call('POST', '/api/v1/admin/budgets', { as: app.owner, body: draft() });
  if (made.status !== 201) throw new Error(`no budget: ${JSON.stringify(made.body)}`);
  return made.body.data.id;
}

const raise = () => ({ amount: '5', ends_at: new Date(Date.now() + 86_400_000).toISOString(), reason: 'A demonstration' });

async function raised(scene: ContractScene): Promise<string> {
  const id = await newBudget(scene);
  await scene.app.call('POST', `/api/v1/admin/budgets/${id}/raise`, { as: scene.app.owner, body: raise() });
  return id;
}

type BudgetCase = Extract<EndpointId, `budgets.${string}`>;

/** The part of the cases that is about money. */
export const budgetCases: Record<BudgetCase, (scene: ContractScene) => Sent | Promise<Sent>> = {
  'budgets.list': async (scene) => (await newBudget(scene), { as: scene.app.owner }),
  'budgets.read': async (scene) => ({ as: scene.app.owner, params: { id: await newBudget(scene) } }),
  'budgets.create': (scene) => ({ as: scene.app.owner, body: draft() }),
  'budgets.update': async (scene) => ({ as: scene.app.owner, params: { id: await newBudget(scene) }, body: { limit: '2000000' } }),
  'budgets.remove': async (scene) => ({ as: scene.app.owner, params: { id: await newBudget(scene) } }),
  'budgets.raise': async (scene) => ({ as: scene.app.owner, params: { id: await newBudget(scene) }, body: raise() }),
  'budgets.endRaise': async (scene) => ({ as: scene.app.owner, params: { id: await raised(scene) } }),
  'budgets.listPots': async (scene) => ({ as: scene.app.owner, params: { id: await newBudget(scene) } }),
  'budgets.simulate': (scene) => ({ as: scene.app.owner, body: draft() }),
  'budgets.listAlerts': (scene) => ({ as: scene.app.owner }),
  'budgets.listMine': (scene) => ({ as: scene.app.owner }),
};
