import type { SecondStep } from '@lyss/api-types';
import { errorTable } from '@lyss/api-types/error';
import { ApiFailure } from '../../api/client.ts';

/** What a sign-in still asks for, where the password was right and is not all; else null. */
export function readSecondStep(failure: ApiFailure): SecondStep | null {
  const { details, code } = failure;
  if (code !== errorTable.SECOND_FACTOR_REQUIRED.code || typeof details?.['challenge'] !== 'string') return null;
  // The contract's own shape: the server parses what it answers with a challenge.
  return details as unknown as SecondStep;
}

/** Whether a sign-in must begin again: its challenge is too old, tried too often or used up. */
export function isOver(failure: ApiFailure): boolean {
  return failure.code === errorTable.TOKEN_INVALID.code;
}
