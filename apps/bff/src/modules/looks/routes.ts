import { lookEndpoints as endpoints } from '@lyss/api-types';
import { route, type Route } from '../../http/route.ts';
import type { LookService } from './service.ts';

export function lookRoutes(service: LookService): Route[] {
  return [
    route(endpoints.start, ({ actor, params, body, caller }) => service.start(actor, params.id, body.reason, caller)),
    route(endpoints.read, ({ actor, params }) => service.read(actor, params.id)),
    route(endpoints.end, ({ actor, params, caller }) => service.end(actor, params.id, caller)),
    route(endpoints.listConversations, ({ actor, params, query, caller }) => service.listConversations(actor, params.id, query, caller)),
    route(endpoints.readConversation, ({ actor, params, caller }) => service.readConversation(actor, params.id, params.conversation_id, caller)),
    route(endpoints.listMessages, ({ actor, params, query, caller }) => service.listMessages(actor, params.id, params.conversation_id, query, caller)),
    route(endpoints.listAtMe, ({ actor, query }) => service.listAtMe(actor, query)),
  ];
}
