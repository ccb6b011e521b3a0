import type { BodyOf, PlanLimits } from '@lyss/api-types';

/** Limits as they are typed: empty for none, storage in MB. */
export type LimitsDraft = Record<keyof PlanLimits, string>;
export const limitFields = ['seats', 'api_keys', 'storage_bytes', 'requests_per_minute'] as const;

const MB = 1024 * 1024;
const wholeNumber = /^\d{1,9}$/;

export function draftOf({ limits }: { limits: PlanLimits }): LimitsDraft {
  const { storage_bytes, ...rest } = limits;
  const write = (value: number | null) => (value === null ? '' : String(value));
  // A limit that the API set to no whole MB is shown rounded up, and sent only where it is changed.
  return { seats: write(rest.seats), api_keys: write(rest.api_keys), requests_per_minute: write(rest.requests_per_minute), storage_bytes: write(storage_bytes === null ? null : Math.ceil(storage_bytes / MB)) };
}

export const isSound = (typed: string) => typed.trim() === '' || wholeNumber.test(typed.trim());

/** What differs from what was saved. */
export function toLimits(draft: LimitsDraft, saved: LimitsDraft): NonNullable<BodyOf<'tenants.update'>['limits']> {
  const changed = limitFields.filter((field) => draft[field].trim() !== saved[field]);
  const read = (field: keyof PlanLimits) => (draft[field].trim() === '' ? null : Number(draft[field]) * (field === 'storage_bytes' ? MB : 1));
  return Object.fromEntries(changed.map((field) => [field, read(field)]));
}
