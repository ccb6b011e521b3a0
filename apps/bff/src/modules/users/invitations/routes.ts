import { invitationEndpoints as endpoints } from '@lyss/api-types';
import { route, type Route } from '../../../http/route.ts';
import type { LinkPorts } from '../issue-link.ts';
import { invitePeople } from './invite-people.ts';
import { resendInvitations, revokeInvitations } from './renew-invitations.ts';

/** Invitations of many at once. Letters are posted after the commit. */
export function invitationRoutes(ports: LinkPorts): Route[] {
  const { tenancy } = ports;
  const delivery = ports.outbox.is_configured ? ('sent_soon' as const) : ('by_hand' as const);
  return [
    route(endpoints.create, async ({ actor, body, caller }) => {
      const { lines, send } = await tenancy.withTenant(actor.tenant_id, (db) => invitePeople(ports, db, actor, body, caller));
      send();
      return { lines, delivery };
    }),
    route(endpoints.resend, async ({ actor, body, caller }) => {
      const { people, send } = await tenancy.withTenant(actor.tenant_id, (db) => resendInvitations(ports, db, actor, body.user_ids, caller));
      send();
      return { people, delivery };
    }),
    route(endpoints.revoke, async ({ actor, body, caller }) => ({
      people: await tenancy.withTenant(actor.tenant_id, (db) => revokeInvitations(db, actor, body.user_ids, caller)),
    })),
  ];
}
