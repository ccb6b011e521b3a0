import type { SignInDomain } from '@lyss/api-types';
import type { Tone } from '../../ui/list/status-dot.tsx';

/** What was decided about a domain, for its admin and for the operator alike. */
export const domainTones: Record<SignInDomain['state'], Tone> = { pending: 'warn', approved: 'ok', refused: 'off' };
