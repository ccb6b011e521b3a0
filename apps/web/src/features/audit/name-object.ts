import type { AuditEntry } from '@lyss/api-types';

type Details = Record<string, unknown>;
const isDetails = (value: unknown): value is Details => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What an entry itself calls its object, as it was called then; null where it says only an id. */
export function nameObject({ actor, resource_type, resource_id, details }: AuditEntry): string | null {
  const given = details ?? {};
  for (const side of [given['after'], given['before'], given['subject'], given]) {
    if (!isDetails(side)) continue;
    const name = [side['name'], side['email']].find((value) => typeof value === 'string' && value !== '');
    if (typeof name === 'string') return name;
  }
  return resource_type === 'user' && actor?.user_id === resource_id ? (actor?.name ?? null) : null;
}
