import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { id, instant, listQuery, page } from './envelope.ts';

export const session = z
  .strictObject({
    id,
    device: z
      .strictObject({ client: z.string().nullable(), system: z.string().nullable() })
      .describe('Program and system in plain names, such as Firefox and Windows; null where it said nothing that is known'),
    network: z.string().describe('The network of its address, /24 or /64; where on earth that is, nobody guesses'),
    carrier: z.enum(['cookie', 'bearer']).describe('A browser, or a script with tokens of its own'),
    is_current: z.boolean().describe('The one that asks'),
    created_at: instant,
    last_used_at: instant,
    expires_at: instant,
  })
  .meta({ id: 'Session' });
export type Session = z.infer<typeof session>;

export const sessionsQuery = listQuery(['last_used_at', 'created_at'], {}).omit({ search: true });
export type SessionsQuery = z.infer<typeof sessionsQuery>;

export const sessionEndpoints = {
  list: endpoint({ method: 'GET', path: '/api/v1/auth/sessions', summary: 'Where I am signed in', query: sessionsQuery, data: page(session), permission: 'signed-in' }),
  remove: endpoint({
    method: 'DELETE',
    path: '/api/v1/auth/sessions/{id}',
    summary: 'Sign one of my devices out',
    params: z.strictObject({ id }),
    status: 204,
    errors: ['RESOURCE_NOT_FOUND'],
    permission: 'signed-in',
    audit: 'auth.session_ended',
  }),
  removeOthers: endpoint({
    method: 'DELETE',
    path: '/api/v1/auth/sessions',
    summary: 'Sign every device of mine out but this one',
    status: 204,
    permission: 'signed-in',
    audit: 'auth.sessions_ended',
  }),
};
