import { errorTable, otherStatuses, type ErrorName } from '@lyss/api-types';

// HTTP's own line between what the client did and what the server couldn't.
const FIRST_FAULT = 500;

export interface ErrorOptions {
  details?: Record<string, unknown>;
  /** One of the code's other statuses, such as 412 for a stale version. */
  status?: number;
  retry_after_s?: number;
  cause?: unknown;
}

/** The only failure that services throw: a name of the contract's table; the texts belong to http/. */
export class AppError extends Error {
  readonly error_name: ErrorName;
  readonly status: number;
  readonly details: Record<string, unknown> | undefined;
  readonly retry_after_s: number | undefined;

  constructor(name: ErrorName, options: ErrorOptions = {}) {
    super(name, { cause: options.cause });
    this.name = 'AppError';
    this.error_name = name;
    this.status = options.status ?? errorTable[name].status;
    if (this.status !== errorTable[name].status && !otherStatuses[name]?.includes(this.status)) {
      throw new TypeError(`${name} has no status ${this.status}`);
    }
    this.details = options.details;
    this.retry_after_s = options.retry_after_s;
  }

  /** Whether it says no to the caller, who may ask otherwise; anything else is a fault on our side or beyond. */
  get is_refusal() {
    return this.status < FIRST_FAULT;
  }

  get code() {
    return errorTable[this.error_name].code;
  }
}
