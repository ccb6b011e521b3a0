/** The one table of failures: wire code, name and HTTP status (the first where a code has several). Clients switch on `code`. */
export const errorTable = {
  INVALID_INPUT: { code: '1001', status: 400 },
  MISSING_REQUIRED_FIELD: { code: '1002', status: 400 },
  INVALID_FORMAT: { code: '1003', status: 400 },
  REQUEST_TOO_LARGE: { code: '1004', status: 413 },
  RATE_LIMIT_EXCEEDED: { code: '1005', status: 429 },
  UNAUTHORIZED: { code: '2001', status: 401 },
  TOKEN_EXPIRED: { code: '2002', status: 401 },
  TOKEN_INVALID: { code: '2003', status: 401 },
  INSUFFICIENT_PERMISSIONS: { code: '2004', status: 403 },
  ACCOUNT_LOCKED: { code: '2005', status: 423 },
  PASSWORD_INCORRECT: { code: '2006', status: 401 },
  SECOND_FACTOR_REQUIRED: { code: '2007', status: 401 },
  TENANT_NOT_FOUND: { code: '3001', status: 404 },
  USER_ALREADY_EXISTS: { code: '3002', status: 409 },
  USER_NOT_FOUND: { code: '3003', status: 404 },
  INVALID_CREDENTIALS: { code: '3004', status: 422 },
  RESOURCE_CONFLICT: { code: '3005', status: 409 },
  OPERATION_NOT_ALLOWED: { code: '3006', status: 409 },
  RESOURCE_NOT_FOUND: { code: '3007', status: 404 },
  BUDGET_EXCEEDED: { code: '3008', status: 402 },
  QUOTA_EXCEEDED: { code: '3009', status: 409 },
  WORKFLOW_INVALID: { code: '3010', status: 422 },
  AI_PROVIDER_ERROR: { code: '4001', status: 502 },
  MEMORY_SERVICE_UNAVAILABLE: { code: '4002', status: 503 },
  EXTERNAL_API_TIMEOUT: { code: '4003', status: 504 },
  THIRD_PARTY_ERROR: { code: '4004', status: 502 },
  NETWORK_ERROR: { code: '4005', status: 502 },
  DATABASE_ERROR: { code: '5001', status: 503 },
  CACHE_ERROR: { code: '5002', status: 503 },
  INTERNAL_SERVER_ERROR: { code: '5003', status: 500 },
  SERVICE_UNAVAILABLE: { code: '5004', status: 503 },
  CONFIGURATION_ERROR: { code: '5005', status: 500 },
} as const;

export type ErrorName = keyof typeof errorTable;
export type ErrorCode = (typeof errorTable)[ErrorName]['code'];

/** Statuses a code may carry besides its first one; anything else is a mistake in the server. */
export const otherStatuses: Partial<Record<ErrorName, readonly number[]>> = {
  INVALID_FORMAT: [415],
  RESOURCE_CONFLICT: [412],
  OPERATION_NOT_ALLOWED: [416, 422],
};

/** Why a supplier's call failed, told apart for people and for retries. */
export const supplierFailureKinds = [
  'authentication_failed',
  'permission_denied',
  'endpoint_not_found',
  'model_not_found',
  'rate_limited',
  'quota_exhausted',
  'context_length_exceeded',
  'content_filtered',
  'server_error',
  'overloaded',
  'timeout',
  'connection_failed',
  'address_not_allowed',
  'invalid_response',
  'unknown',
] as const;
export type SupplierFailureKind = (typeof supplierFailureKinds)[number];
