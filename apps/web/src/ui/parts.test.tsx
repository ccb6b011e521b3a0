import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Copyable } from './copyable.tsx';
import { SecretInput } from './secret-input.tsx';
import { SupplierGlyph } from './supplier-glyph.tsx';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

function KeyForm({ saved }: { saved: number }) {
  const [key, setKey] = useState('');
  return <SecretInput value={key} onChange={setKey} clearedBy={saved} label="Key" showText="Show" hideText="Hide" />;
}

describe('SecretInput', () => {
  it('is emptied by a success and hidden again', () => {
    const { rerender } = render(<KeyForm saved={0} />);
    const field = screen.getByLabelText('Key') as HTMLInputElement;
    fireEvent.change(field, { target: { value: 'sk-secret' } });
    fireEvent.click(screen.getByRole('button', { name: 'Show' }));
    expect(field.value).toBe('sk-secret');
    rerender(<KeyForm saved={1} />);
    expect(field.value).toBe('');
    expect(screen.getByRole('button', { name: 'Show' })).toBeDefined();
  });

  it('is no field that a password manager knows', () => {
    render(<KeyForm saved={0} />);
    const field = screen.getByLabelText('Key');
    expect(field.getAttribute('autocomplete')).toBe('off');
    expect(field.hasAttribute('name')).toBe(false);
    expect(field.className).toContain('is-hidden');
  });
});

describe('Copyable', () => {
  it('copies and says so', async () => {
    const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    render(<Copyable text="req_1" copyText="Copy" copiedText="Copied" />);
    fireEvent.click(screen.getByRole('button', { name: 'Copy' }));
    await waitFor(() => expect(screen.getByRole('status').textContent).toBe('Copied'));
    expect(write).toHaveBeenCalledExactlyOnceWith('req_1');
  });

  it('says nothing where nothing was copied', async () => {
    vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('denied'));
    document.execCommand = () => false;
    render(<Copyable text="req_1" copyText="Copy" copiedText="Copied" />);
    fireEvent.click(screen.getByRole('button', { name: 'Copy' }));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(screen.getByRole('status').textContent).toBe('');
    expect(document.querySelector('textarea')).toBeNull();
  });
});

describe('SupplierGlyph', () => {
  it('has a mark for a supplier nobody knew, always the same', () => {
    const marks = [0, 1].map(() => render(<SupplierGlyph supplier="newcomer" />).container.innerHTML);
    expect(marks[0]).toBe(marks[1]);
    expect(marks[0]).toContain('>N<');
  });
});
