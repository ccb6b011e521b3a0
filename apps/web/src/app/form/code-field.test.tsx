import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { CodeField, readCode } from './code-field.tsx';

afterEach(cleanup);

function Asked({ onWhole, error }: { onWhole: (code: string) => void; error?: string }) {
  const [code, setCode] = useState('');
  return <CodeField label="Code" value={code} onValue={setCode} onWhole={onWhole} error={error} />;
}
const type = (value: string) => fireEvent.change(screen.getByLabelText('Code'), { target: { value } });

it.each([
  ['123 456', '123456'],
  ['１２３４５６', '123456'],
  ['12-34-56 is it', '123456'],
  ['1234567', '123456'],
  ['abc', ''],
])('reads %s', (typed, code) => expect(readCode(typed)).toBe(code));

describe('the code field', () => {
  it('is one that phones and password keepers fill', () => {
    render(<Asked onWhole={() => undefined} />);
    const field = screen.getByLabelText('Code');
    expect([field.getAttribute('autocomplete'), field.getAttribute('inputmode')]).toEqual(['one-time-code', 'numeric']);
  });

  it('says once that the code is whole, with its last digit or all at once', () => {
    const onWhole = vi.fn();
    render(<Asked onWhole={onWhole} />);
    type('12345');
    expect(onWhole).not.toHaveBeenCalled();
    type('123456');
    type('1234567');
    expect(onWhole.mock.calls).toEqual([['123456']]);
    type('');
    type('654 321');
    expect(onWhole.mock.calls).toEqual([['123456'], ['654321']]);
  });

  it('keeps a refused code, chosen, so that the next one replaces it', () => {
    const { rerender } = render(<Asked onWhole={() => undefined} />);
    type('123456');
    rerender(<Asked onWhole={() => undefined} error="Not it" />);
    const field = screen.getByLabelText<HTMLInputElement>('Code');
    expect([field.value, document.activeElement, field.selectionStart, field.selectionEnd]).toEqual(['123456', field, 0, 6]);
    expect(screen.getByRole('alert').textContent).toBe('Not it');
  });
});
