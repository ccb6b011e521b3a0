import { errorTable, otherStatuses, type ErrorName } from '@lyss/api-types';

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

  get code() {
    return errorTable[this.error_name].code;
  }
}
