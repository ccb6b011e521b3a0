import type { Issue } from '@lyss/api-types';
import { AppError } from '../../errors.ts';
import type { Supplier } from '../../providers/suppliers.ts';

/** Scheme, host and port: what a stored key is bound to. */
export function originOf(base_url: string): string {
  return new URL(base_url).origin;
}

/** As the audit keeps it: without its query string. */
export function describeAddress(base_url: string): string {
  const { origin, pathname } = new URL(base_url);
  return pathname === '/' ? origin : `${origin}${pathname}`;
}

/** Parameters that carry a key; Azure's `api-version` and a region's name do not. */
const SECRET_PARAMETER = /key|token|secret|passw|credential|^sig/i;

/** The address calls go to: the one given where the supplier has no fixed one, else the catalogue's. Throws 1001 or 1002 on `base_url`. */
export function chooseBaseUrl(supplier: Supplier, given: string | undefined): string {
  const fallback = supplier.default_base_url;
  if (given === undefined) {
    if (fallback === null) throw new AppError('MISSING_REQUIRED_FIELD', refuse('base_url', 'required'));
    return fallback;
  }
  if (!supplier.base_url_editable && given !== fallback) throw new AppError('INVALID_INPUT', refuse('base_url', 'not_editable'));
  const url = new URL(given);
  // A password or a key in an address would be stored, shown and logged in the clear.
  const holdsSecret = url.username !== '' || url.password !== '' || [...url.searchParams.keys()].some((name) => SECRET_PARAMETER.test(name));
  if (holdsSecret) throw new AppError('INVALID_INPUT', refuse('base_url', 'invalid_url'));
  url.hash = '';
  return url.href.replace(/\/+$/, '');
}

/** Whether an address that comes from elsewhere, in an archive, is one that could have been saved here. */
export function isAddressAllowed(supplier: Supplier, given: string): boolean {
  if (given === supplier.default_base_url) return true;
  try {
    return chooseBaseUrl(supplier, given) === given && /^https?:/.test(given);
  } catch {
    return false;
  }
}

/** The key to use, or null where none was given and none is needed. Throws 1001 or 1002 on `api_key`. */
export function chooseKey(supplier: Supplier, given: string | undefined): string | null {
  if (given !== undefined && supplier.demo) throw new AppError('INVALID_INPUT', refuse('api_key', 'not_needed'));
  if (given === undefined && supplier.key_required) throw new AppError('MISSING_REQUIRED_FIELD', refuse('api_key', 'required'));
  return given ?? null;
}

function refuse(path: string, code: string): { details: { issues: Issue[] } } {
  return { details: { issues: [{ path, code, message: code }] } };
}
