import { chatEndpoints as endpoints } from '@lyss/api-types';
import { route, streamRoute, type Route } from '../../http/route.ts';
import type { ChatService } from './service.ts';

export function chatRoutes(service: ChatService): Route[] {
  return [
    route(endpoints.listConversations, ({ actor, query }) => service.list(actor, query)),
    route(endpoints.createConversation, ({ actor, body, caller }) => service.create(actor, body, caller)),
    route(endpoints.readConversation, ({ actor, params }) => service.read(actor, params.id)),
    route(endpoints.updateConversation, ({ actor, params, if_match, body, caller }) => service.update(actor, params.id, if_match, body, caller)),
    route(endpoints.removeConversation, ({ actor, params, if_match, caller }) => service.remove(actor, params.id, if_match, caller)),
    route(endpoints.listMessages, ({ actor, params, query }) => service.listMessages(actor, params.id, query)),
    streamRoute(
      endpoints.startReply,
      ({ actor, params, body, caller }) => service.startReply(actor, params.id, body, caller),
      // The same key again: the same reply's stream, from its beginning.
      (location, { actor }) => service.followReply(actor, location.split('/').at(-2) ?? '', 0),
    ),
    streamRoute(endpoints.followReply, ({ actor, params, last_event_id }) => service.followReply(actor, params.id, last_event_id)),
    route(endpoints.stopReply, ({ actor, params, caller }) => service.stopReply(actor, params.id, caller)),
  ];
}
