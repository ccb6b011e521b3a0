import { describe, expect, it } from 'vitest';
import { AppError } from '../errors.ts';
import { createLog, describeForLog, type LogFields } from './log.ts';

function record(level: string, write: (log: ReturnType<typeof createLog>) => void): Record<string, unknown>[] {
  const lines: string[] = [];
  write(createLog(level, { write: (line: string) => void lines.push(line) }));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('a log line', () => {
  it('holds what is on the list, and nothing that came in with a spread', () => {
    const row = { status: 200, request_id: 'r-1', password: 'canary', headers: { cookie: 'canary' }, body: 'canary' };
    const [line] = record('info', (log) => log.info('request', row as LogFields));
    expect(line).toEqual({ level: 'info', time: expect.stringMatching(/Z$/), request_id: 'r-1', status: 200, msg: 'request' });
  });

  it('is one line whatever is in it, and comes from its level on', () => {
    const lines = record('warn', (log) => {
      log.debug('no');
      log.info('no');
      log.warn('yes', { kind: 'a\n{"level":"error"}\u0007' });
      log.error('yes');
    });
    expect(lines.map(({ level, msg }) => [level, msg])).toEqual([['warn', 'yes'], ['error', 'yes']]);
    expect(lines[0]?.['kind']).toBe('a\n{"level":"error"}\u0007');
  });
});

describe('an error in a log line', () => {
  it('is its class, state and place, never its message, nor that of its cause', () => {
    const cause = Object.assign(new RangeError('canary of the cause'), { code: '23505', detail: 'canary of the row' });
    const described = [describeForLog(cause), describeForLog(new AppError('DATABASE_ERROR', { cause })), describeForLog(new Error('canary\n    over lines', { cause }))];
    expect(described.map(({ name }) => name)).toEqual(['RangeError', 'AppError < RangeError', 'Error < RangeError']);
    expect(described[0]?.state).toBe('23505');
    expect(described[0]?.stack).toContain('log.test.ts');
    expect(JSON.stringify(described)).not.toContain('canary');
  });

  it.each(['canary', { canary: 1 }, null, undefined, 5])('is its type where it is none: %j', (thrown) => {
    expect(describeForLog(thrown)).toEqual({ name: typeof thrown });
  });
});
