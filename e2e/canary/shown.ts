import type { Kind } from './kinds.ts';

/** One of the few places where a secret is shown by design. */
export interface Showing {
  kind: Kind;
  place: Place;
  /** In which text of that place. */
  where: RegExp;
  /** One showing is all there is: a second one is a leak. */
  once: boolean;
  why: string;
}

export const places = ['logs', 'answers', 'streams', 'dump', 'storage', 'metrics', 'exports'] as const;
export type Place = (typeof places)[number];

const SEALED = /\(HttpOnly; Path=\/; SameSite=Strict; Secure\)$/;
const inCookie = (name: string) => new RegExp(`set-cookie __Host-lyss_${name} ${SEALED.source}`);

/** All of them. Whatever is found and stands not here fails the run; so does what stands here and is found no more. */
export const shown: readonly Showing[] = [
  { kind: 'access token', place: 'answers', where: inCookie('at'), once: false, why: 'the browser carries it in a cookie that no script reads' },
  { kind: 'refresh token', place: 'answers', where: inCookie('rt'), once: false, why: 'the same; two tabs at once are given the same successor' },
  { kind: 'access token', place: 'answers', where: /^POST \/api\/v1\/auth\/token 200/, once: true, why: 'scripts ask for it and keep it themselves' },
  { kind: 'refresh token', place: 'answers', where: /^POST \/api\/v1\/auth\/token 200/, once: true, why: 'for scripts, the same' },
  { kind: 'API key', place: 'answers', where: /^POST \/api\/v1\/api-keys(\/\{id\}\/rotate)? 20[01]/, once: true, why: 'shown once, to whom it belongs' },
  { kind: 'invitation or reset token', place: 'answers', where: /^POST \/api\/v1\/admin\/(tenants|users|users\/invitations(\/resend)?|users\/\{id\}\/reset-password) 20[01]/, once: true, why: 'a link to copy, for where no mail server is' },
  { kind: 'invitation or reset token', place: 'storage', where: /^address$/, once: false, why: 'the page that a one-time link opens has that link as its address' },
  { kind: 'authenticator key', place: 'answers', where: /^POST \/api\/v1\/auth\/second-factors\/totp 201/, once: false, why: 'typed into an app, or scanned: in the same answer as an address' },
  { kind: 'recovery code', place: 'answers', where: /^POST \/api\/v1\/auth\/second-factors\/\S+ 20[01]/, once: true, why: 'shown once, to be kept on paper' },
  { kind: 'set-up token', place: 'logs', where: /^e2e-server\.log/, once: false, why: 'the first start prints the link that opens the platform; it works once, for 30 minutes' },
];
