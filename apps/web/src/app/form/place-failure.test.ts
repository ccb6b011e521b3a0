import { describe, expect, it } from 'vitest';
import { ApiFailure } from '../../api/failure.ts';
import { describeFailure, placeFailure } from './place-failure.ts';

const fields = ['name', 'models', 'admin_email'] as const;
const refused = (details: Record<string, unknown>) => new ApiFailure({ code: '1001', status: 400, message: 'no', details });
const issue = (path: string, message: string) => ({ path, code: 'invalid', message });
const place = (failure: Error | null) => placeFailure(failure, { fields, describe: ({ message }) => `refused: ${message}` });

describe('a refusal', () => {
  it('goes to its fields by path: the item of a list to the list, what is nested to the flat name', () => {
    expect(place(refused({ issues: [issue('models.3', 'a'), issue('admin.email', 'b'), issue('name', 'c'), issue('name', 'd')] }))).toEqual({ fields: { models: 'a', admin_email: 'b', name: 'c' }, banner: null });
  });

  it('stays over the form where a word of it has no field', () => {
    expect(place(refused({ issues: [issue('name', 'a'), issue('names', 'b')] }))).toEqual({ fields: { name: 'a' }, banner: 'refused: no' });
    expect(place(refused({}))).toEqual({ fields: {}, banner: 'refused: no' });
  });

  it('is told from other failures, and from none', () => {
    expect(place(new Error('broken'))).toEqual({ fields: {}, banner: 'broken' });
    expect(place(null)).toEqual({ fields: {}, banner: null });
    expect(describeFailure(null, () => 'x')).toBeNull();
  });
});
