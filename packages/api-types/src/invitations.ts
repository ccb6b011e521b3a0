import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { id } from './envelope.ts';
import { linkDelivery } from './letters.ts';
import { oneTimeLink } from './tenants.ts';
import { locale } from './text.ts';
import { grantedCustomRoles, grantedRoles } from './users.ts';

/** People in one call: their links, letters and entries are made in one transaction. */
export const INVITED_AT_ONCE = 500;

// Looser than an address or a name: each line is judged by itself, and the others are not refused for it.
const invitee = z.strictObject({ email: z.string().max(400), name: z.string().max(400).default('').describe('Empty: what stands before the @ of the address') });
const createBody = z.strictObject({
  people: z.array(invitee).min(1).max(INVITED_AT_ONCE),
  roles: grantedRoles.default(['end_user']),
  custom_role_ids: grantedCustomRoles.default([]),
  locale: locale.optional().describe('Of the letters, and of the console until the person chooses'),
  mode: z.enum(['preview', 'all', 'sound']).default('all').describe('preview judges and does nothing; all does nothing unless every line is sound; sound invites those that are'),
});
export type InviteInput = z.infer<typeof createBody>;
export type Invitee = z.infer<typeof invitee>;

export const lineOutcomes = ['ready', 'invited', 'already_here', 'email_invalid', 'name_invalid', 'repeated', 'no_seat'] as const;
export const invitedLine = z
  .strictObject({
    email: z.string(),
    name: z.string(),
    outcome: z.enum(lineOutcomes).describe('ready: a preview would invite them; repeated: an earlier line has the same address; no_seat: sound, but the plan’s seats go to earlier lines'),
    user_id: id.nullable(),
    invitation: oneTimeLink.nullable(),
  })
  .meta({ id: 'InvitedLine' });
export type InvitedLine = z.infer<typeof invitedLine>;

const severalBody = z.strictObject({ user_ids: z.array(id).min(1).max(INVITED_AT_ONCE) });
const outcomes = ['done', 'not_invited', 'not_found', 'beyond'] as const;
const outcome = z.enum(outcomes).describe('not_invited: they have accepted, or are disabled; beyond: they are to have more than the caller has');
export const resentInvitation = z.strictObject({ user_id: id, outcome, name: z.string().nullable(), email: z.string().nullable(), invitation: oneTimeLink.nullable() }).meta({ id: 'ResentInvitation' });
export type ResentInvitation = z.infer<typeof resentInvitation>;
export const revokedInvitation = z.strictObject({ user_id: id, outcome }).meta({ id: 'RevokedInvitation' });
export type RevokedInvitation = z.infer<typeof revokedInvitation>;
export type InvitationOutcome = (typeof outcomes)[number];

export const invitationEndpoints = {
  create: endpoint({
    method: 'POST',
    path: '/api/v1/admin/users/invitations',
    summary: 'Invite many at once, or see what would become of each line; one-time links are in the answer',
    body: createBody,
    data: z.strictObject({ lines: z.array(invitedLine).describe('In the order they were given'), delivery: linkDelivery }),
    errors: ['QUOTA_EXCEEDED', 'OPERATION_NOT_ALLOWED', 'INSUFFICIENT_PERMISSIONS'],
    permission: 'users.write',
    audit: 'users.created',
    replayable: false,
  }),
  resend: endpoint({
    method: 'POST',
    path: '/api/v1/admin/users/invitations/resend',
    summary: 'New links for people who have not accepted yet; their older ones end',
    body: severalBody,
    data: z.strictObject({ people: z.array(resentInvitation), delivery: linkDelivery }),
    permission: 'users.write',
    audit: 'users.invitation_resent',
    replayable: false,
  }),
  revoke: endpoint({
    method: 'POST',
    path: '/api/v1/admin/users/invitations/revoke',
    summary: 'Take invitations back: the links end, and whoever was never here is removed',
    body: severalBody,
    data: z.strictObject({ people: z.array(revokedInvitation) }),
    permission: 'users.write',
    audit: 'users.invitation_revoked',
  }),
};
