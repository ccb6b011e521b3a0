import type { CatalogueSupplier } from '@lyss/api-types';

const visibleAscii = /^[\x21-\x7e]{1,512}$/;

/** A whole http(s) address; null where it is none. */
export function findUrl(text: string): URL | null {
  const url = URL.parse(text.trim());
  return url && /^https?:$/.test(url.protocol) && url.host !== '' ? url : null;
}

/** Whether a text may be a supplier's key. */
export function isKey(text: string): boolean {
  return visibleAscii.test(text);
}

/** What is wrong with an address that somebody may choose; the server has the last word. */
export function judgeUrl(base_url: string, kind: CatalogueSupplier): 'url_required' | 'url_invalid' | undefined {
  if (!kind.base_url_editable) return undefined;
  if (base_url.trim() === '') return 'url_required';
  return findUrl(base_url) ? undefined : 'url_invalid';
}

/** What is wrong with a key for a new connection. */
export function judgeKey(api_key: string, kind: CatalogueSupplier): 'key_required' | 'key_invalid' | undefined {
  if (api_key === '') return kind.key_required ? 'key_required' : undefined;
  return isKey(api_key) ? undefined : 'key_invalid';
}
