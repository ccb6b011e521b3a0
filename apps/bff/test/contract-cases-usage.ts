import type { EndpointId } from '@lyss/api-types';
import type { Sent } from './contract-cases.ts';
import type { ContractScene } from './contract-scene.ts';

type UsageId = Extract<EndpointId, `usage.${string}` | `requests.${string}`>;

/** The happy paths of usage and of the request log. */
export const usageCases: Record<UsageId, (scene: ContractScene) => Sent> = {
  'usage.summary': (scene) => ({ as: scene.app.owner }),
  'usage.timeseries': (scene) => ({ as: scene.app.owner, query: { group_by: 'person' } }),
  'usage.top': (scene) => ({ as: scene.app.owner, query: { by: 'person' } }),
  'usage.export': (scene) => ({ as: scene.app.owner, query: { group_by: 'person' } }),
  'requests.list': (scene) => ({ as: scene.app.owner }),
  'requests.read': (scene) => ({ as: scene.app.owner, params: { id: scene.ours.usage_record_id } }),
};
