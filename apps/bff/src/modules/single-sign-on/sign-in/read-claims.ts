import { email as emailShape, label } from '@lyss/api-types';
import type { Claims } from '../provider/provider.ts';

const NAME_LENGTH = 80;
const VALUES = 1_000;

export interface ReadClaims {
  subject: string;
  /** Null where there is none that is an address. */
  email: string | null;
  is_verified: boolean;
  name: string;
  /** Values of the claim that roles follow. */
  values: string[];
}

/** What the sign-in rests on. `email_verified` is true as a boolean alone (OpenID Connect Core §5.1): a text may mean anything. */
export function readClaims(claims: Claims, role_claim: string | null): ReadClaims {
  const email = emailShape.safeParse(claims['email']).data ?? null;
  return {
    subject: claims.sub,
    email,
    is_verified: claims['email_verified'] === true,
    name: chooseName(claims, email),
    values: role_claim === null ? [] : listValues(findClaim(claims, role_claim)),
  };
}

/** The first name that is fit to be shown, as it is or cut; else what stands before the @. */
function chooseName(claims: Claims, email: string | null): string {
  const full = [claims['given_name'], claims['family_name']].filter((part) => typeof part === 'string').join(' ');
  const wanted = [claims['name'], full, claims['preferred_username'], email?.split('@')[0], email];
  const fit = wanted.map((name) => label(NAME_LENGTH).safeParse(typeof name === 'string' ? name.slice(0, NAME_LENGTH) : name)).find(({ success }) => success);
  return fit?.data ?? '?';
}

/** A claim by its name, or, where no claim has that name, by the path that its dots make (`realm_access.roles`). */
export function findClaim(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  return name.split('.').reduce<unknown>((value, part) => (typeof value === 'object' && value !== null && Object.hasOwn(value, part) ? (value as Record<string, unknown>)[part] : undefined), claims);
}

function listValues(claim: unknown): string[] {
  const list = Array.isArray(claim) ? claim.slice(0, VALUES) : [claim];
  return list.filter((value) => ['string', 'number', 'boolean'].includes(typeof value)).map(String);
}

export const domainOf = (email: string): string => email.slice(email.lastIndexOf('@') + 1).toLowerCase();
