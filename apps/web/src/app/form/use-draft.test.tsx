import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { Placed } from './place-failure.ts';
import { useDraft } from './use-draft.ts';

type Field = 'name' | 'email';
interface Draft {
  name: string;
  email: string;
}
type Issue = 'required' | 'again';

const fine: Placed<Field> = { fields: {}, banner: null };
const judge = ({ name, email }: Draft): Partial<Record<Field, Issue>> => ({ ...(name === '' ? { name: 'required' } : {}), ...(email === '!' ? { email: 'again' } : {}) });

function open(start: Draft) {
  const fields: readonly Field[] = ['name', 'email'];
  return renderHook(({ placed }) => useDraft({ start: () => start, fields, judge, say: (issue) => issue, isUrgent: (issue) => issue === 'again', placed }), { initialProps: { placed: fine } });
}

afterEach(cleanup);

describe('a draft', () => {
  it('says what is wrong once a field was left or all was sent, and at once what is urgent', () => {
    const { result } = open({ name: '', email: '' });
    expect(result.current.errorOf('name')).toBeUndefined();
    act(() => result.current.change({ email: '!' }));
    expect(result.current.errorOf('email')).toBe('again');
    act(() => result.current.leave('name'));
    expect(result.current.errorOf('name')).toBe('required');
    const other = open({ name: '', email: '' }).result;
    act(() => other.current.send());
    expect(other.current.errorOf('name')).toBe('required');
  });

  it('keeps the server’s word at a field until that field is changed, also where the next try was not sent', () => {
    const { result, rerender } = open({ name: 'Ada', email: 'ada@example.com' });
    act(() => result.current.send());
    rerender({ placed: { fields: { email: 'taken' }, banner: null } });
    expect(result.current.errorOf('email')).toBe('taken');
    act(() => result.current.change({ name: '' }));
    expect(result.current.errorOf('email')).toBe('taken');
    act(() => result.current.change({ email: 'ada@example.org' }));
    act(() => result.current.send());
    expect(result.current.errorOf('email')).toBeUndefined();
  });
});
