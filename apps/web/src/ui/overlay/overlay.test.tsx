import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ConfirmRemoval } from './confirm-removal.tsx';
import { FormDrawer } from './form-drawer.tsx';
import { useUndo } from './undo-toast.tsx';

const texts = { title: 'Delete “Acme”?', prompt: 'Type Acme', dependents: 'These depend on it:', confirm: 'Delete', cancel: 'Keep' };

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

describe('ConfirmRemoval', () => {
  it('lets nothing go until the name is typed, by button or by Enter', () => {
    const onConfirm = vi.fn();
    render(<ConfirmRemoval name="Acme" texts={texts} dependents={['gpt-5', 'wf/triage']} onConfirm={onConfirm} onCancel={() => undefined} />);
    const field = screen.getByLabelText('Type Acme');
    const button = screen.getByRole('button', { name: 'Delete' }) as HTMLButtonElement;
    expect(screen.getByRole('alertdialog').textContent).toContain('wf/triage');
    for (const wrong of ['', 'acme', 'Acm', 'Acme!']) {
      fireEvent.change(field, { target: { value: wrong } });
      fireEvent.submit(field.closest('form') as HTMLFormElement);
      expect(button.disabled, wrong).toBe(true);
    }
    expect(onConfirm).not.toHaveBeenCalled();
    fireEvent.change(field, { target: { value: ' Acme ' } });
    fireEvent.submit(field.closest('form') as HTMLFormElement);
    expect(onConfirm).toHaveBeenCalledOnce();
  });

  it('says a refusal in place and does not ask twice at once', () => {
    const onConfirm = vi.fn();
    render(<ConfirmRemoval name="Acme" texts={texts} pending error="Still used" onConfirm={onConfirm} onCancel={() => undefined} />);
    const field = screen.getByLabelText('Type Acme');
    fireEvent.change(field, { target: { value: 'Acme' } });
    fireEvent.submit(field.closest('form') as HTMLFormElement);
    expect(onConfirm).not.toHaveBeenCalled();
    expect(screen.getByRole('alert').textContent).toBe('Still used');
  });

  it('is left by the key that leaves dialogs', () => {
    const onCancel = vi.fn();
    render(<ConfirmRemoval name="Acme" texts={texts} onConfirm={() => undefined} onCancel={onCancel} />);
    fireEvent(screen.getByRole('alertdialog'), new Event('cancel', { cancelable: true }));
    expect(onCancel).toHaveBeenCalledOnce();
  });
});

function Offer({ onUndo }: { onUndo: () => void }) {
  const { offer, toast } = useUndo();
  return <><button type="button" onClick={() => offer({ message: 'Disabled', undoText: 'Undo', onUndo })}>Disable</button>{toast}</>;
}

describe('useUndo', () => {
  it('offers for five seconds, longer while it is looked at', () => {
    vi.useFakeTimers();
    const onUndo = vi.fn();
    render(<Offer onUndo={onUndo} />);
    fireEvent.click(screen.getByRole('button', { name: 'Disable' }));
    act(() => vi.advanceTimersByTime(4000));
    fireEvent.mouseEnter(screen.getByRole('status'));
    act(() => vi.advanceTimersByTime(60_000));
    fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
    expect(onUndo).toHaveBeenCalledOnce();
    expect(screen.queryByRole('status')).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Disable' }));
    act(() => vi.advanceTimersByTime(5000));
    expect(screen.queryByRole('status')).toBeNull();
    expect(onUndo).toHaveBeenCalledOnce();
  });
});

it('a drawer begins at the first field that can be written', () => {
  render(
    <FormDrawer title="New" closeText="Close" onClose={() => undefined}>
      <input aria-label="Address" readOnly />
      <input aria-label="Name" />
      <button type="button">Save</button>
    </FormDrawer>,
  );
  expect(document.activeElement).toBe(screen.getByLabelText('Name'));
});
