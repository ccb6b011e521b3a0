import { z } from 'zod';
import { errorTable, type ErrorCode } from './error.ts';

// Object.values loses the tuple's shape that z.enum asks for.
const codes = Object.values(errorTable).map((row) => row.code) as [ErrorCode, ...ErrorCode[]];

// One spelling of each id: what is compared as text or put into a lock's name must not come in two.
export const id = z.uuid().toLowerCase().describe('UUIDv7');
// PostgreSQL has no year 0, which JavaScript's calendar does.
export const instant = z.iso.datetime({ precision: 3 }).refine((text) => !text.startsWith('0000'), { message: 'a year after 0000' }).describe('ISO 8601 UTC with milliseconds');
export const version = z.int().positive().describe('Send it back as If-Match: "<version>"');

export const issue = z.strictObject({ path: z.string(), code: z.string(), message: z.string() });
export const errorBody = z
  .object({ code: z.enum(codes), message: z.string(), details: z.record(z.string(), z.unknown()).optional() })
  .meta({ id: 'Error' });
export const apiError = z
  .object({ success: z.literal(false), error: errorBody, request_id: z.string(), timestamp: instant })
  .meta({ id: 'ApiError' });
export type ApiError = z.infer<typeof apiError>;
export type ErrorBody = z.infer<typeof errorBody>;
export type Issue = z.infer<typeof issue>;

/** What the token route answers for a failure: RFC 6749 §5.2, without the envelope. */
export const oauthError = z
  .strictObject({
    error: z.enum(['invalid_request', 'invalid_grant', 'mfa_required', 'temporarily_unavailable']),
    error_description: z.string(),
    code: z.literal(errorTable.SECOND_FACTOR_REQUIRED.code).optional(),
    challenge: z.string().optional().describe('With mfa_required: send it with grant_type=second_factor and a code'),
    methods: z.array(z.string()).optional(),
    expires_in: z.int().optional(),
  })
  .meta({ id: 'OauthError' });
export type OauthError = z.infer<typeof oauthError>;

/** The success envelope around one endpoint's data. */
export function apiResponse<T extends z.ZodType>(data: T) {
  return z.object({ success: z.literal(true), data, message: z.string().optional(), request_id: z.string(), timestamp: instant });
}
export interface ApiResponse<T> {
  success: true;
  data: T;
  message?: string;
  request_id: string;
  timestamp: string;
}

export const pagination = z
  .strictObject({
    page_size: z.int(),
    next_cursor: z.string().nullable(),
    has_next: z.boolean(),
    has_prev: z.boolean().optional(),
    total_items: z.int().optional(),
    total_pages: z.int().optional(),
  })
  .meta({ id: 'Pagination' });
export type Pagination = z.infer<typeof pagination>;

/** A list's data: items and where the next page begins. */
export function page<T extends z.ZodType>(item: T) {
  return z.strictObject({ items: z.array(item), pagination });
}
export interface Page<T> {
  items: T[];
  pagination: Pagination;
}

const flag = z.enum(['true', 'false']).transform((text) => text === 'true');

/** A list's query: keyset paging, sorting by a closed set of columns, search, and the noun's own filters. */
export function listQuery<const S extends readonly [string, ...string[]], F extends z.ZodRawShape>(sortable: S, filters: F) {
  return z.strictObject({
    page_size: z.coerce.number().int().min(1).max(100).default(20),
    // It holds the last row's sorted value: 200 characters of three bytes each, in base64url.
    cursor: z.string().max(2_000).optional(),
    page: z.coerce.number().int().min(1).max(100).optional(),
    sort_by: z.enum(sortable).default(sortable[0]),
    sort_order: z.enum(['asc', 'desc']).optional(),
    search: z.string().trim().max(200).optional(),
    include_total: flag.optional(),
    ...filters,
  });
}
