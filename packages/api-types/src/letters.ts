import { z } from 'zod';
import { instant } from './envelope.ts';

/** What becomes of a link that was just made: a letter is on its way, or there is no mail server and it is copied. */
export const linkDelivery = z.enum(['sent_soon', 'by_hand']);
export type LinkDelivery = z.infer<typeof linkDelivery>;

/** Why a letter did not leave, told apart for whoever must mend it. */
export const letterFailures = ['server_unreachable', 'sign_in_refused', 'not_encrypted', 'address_refused', 'letter_refused', 'too_many_waiting', 'unknown'] as const;
export type LetterFailure = (typeof letterFailures)[number];

/** A one-time link that somebody made for a person, without the link itself. */
export const issuedLink = z
  .strictObject({
    purpose: z.enum(['invitation', 'password_reset']),
    delivery: z.enum(['by_hand', 'pending', 'sent', 'failed']).describe('pending for long: the server ended before the letter left; make a new link'),
    failure: z.enum(letterFailures).nullable(),
    created_at: instant,
    expires_at: instant,
  })
  .meta({ id: 'IssuedLink' });
export type IssuedLink = z.infer<typeof issuedLink>;

/** What an invited person's row tells of their invitation. */
export const openInvitation = issuedLink.pick({ delivery: true, failure: true, created_at: true, expires_at: true }).meta({ id: 'OpenInvitation' });
export type OpenInvitation = z.infer<typeof openInvitation>;
