import { describe, expect, it } from 'vitest';
import { EgressError } from '../../../egress/egress-error.ts';
import { ProviderError } from '../../../providers/provider.ts';
import { describeReplyError, translateProviderError } from './failure.ts';

const unreached = new ProviderError('connection_failed', { cause: new EgressError('connection_failed', 'connect', 'ECONNREFUSED') });
const reset = new ProviderError('connection_failed', { cause: new EgressError('connection_failed', 'body', 'ECONNRESET') });
const unfinished = new ProviderError('connection_failed', { status: 200 });

describe('a supplier’s connection', () => {
  it.each([
    ['that was never made', unreached, false, undefined],
    ['that broke after words had come', unreached, true, 'cut_short'],
    ['that broke within an answer', reset, false, 'cut_short'],
    ['whose answer had no end', unfinished, false, 'cut_short'],
    ['that timed out after words had come', new ProviderError('timeout'), true, undefined],
  ])('%s is told by its own reason', (_name, error, has_begun, reason) => {
    const body = describeReplyError(translateProviderError(error, has_begun), 'en-US', 'r-1');
    expect(body.details).toMatchObject({ kind: error.kind, request_id: 'r-1' });
    expect(body.details?.['reason']).toBe(reason);
    expect(body.message.includes('broke off')).toBe(reason === 'cut_short');
  });
});
