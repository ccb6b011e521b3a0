import { modelEndpoints as endpoints } from '@lyss/api-types';
import { route, type Route } from '../../http/route.ts';
import type { ModelService } from './service.ts';

export function modelRoutes(service: ModelService): Route[] {
  return [route(endpoints.list, async ({ actor }) => ({ items: await service.list(actor) }))];
}
