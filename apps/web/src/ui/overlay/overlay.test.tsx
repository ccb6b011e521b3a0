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

describe('a drawer in which something was typed', () => {
  const unsaved = { title: 'Discard?', text: 'It is lost.', stay: 'Keep editing', go: 'Discard' };
  const open = () => {
    const onClose = vi.fn();
    render(
      <FormDrawer title="New" closeText="Close" unsaved={unsaved} onClose={onClose}>
        <input type="search" aria-label="Search" />
        <input aria-label="Name" defaultValue="Acme" />
      </FormDrawer>,
    );
    const type = (label: string, value: string) => {
      fireEvent.focus(screen.getByLabelText(label));
      fireEvent.change(screen.getByLabelText(label), { target: { value } });
    };
    return { onClose, type, press: () => fireEvent.keyDown(screen.queryByRole('alertdialog') ?? screen.getByLabelText('Name'), { key: 'Escape' }) };
  };

  it('asks before Esc or the cross throws it away', () => {
    const { onClose, type, press } = open();
    type('Name', 'Acme Works');
    press();
    expect(screen.getByRole('alertdialog', { name: 'Discard?' })).toBeTruthy();
    press();
    expect(screen.queryByRole('alertdialog'), 'the next Esc takes back the question alone').toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Close' }));
    fireEvent.click(screen.getByRole('button', { name: 'Keep editing' }));
    expect((screen.getByLabelText('Name') as HTMLInputElement).value).toBe('Acme Works');
    expect(onClose).not.toHaveBeenCalled();
    press();
    fireEvent.click(screen.getByRole('button', { name: 'Discard' }));
    expect(onClose).toHaveBeenCalledOnce();
  });

  it.each([['what was typed was taken back', 'Name', 'Acme'], ['only something was looked for', 'Search', 'x']])('asks nothing where %s', (_, label, value) => {
    const { onClose, type, press } = open();
    type(label, value);
    press();
    expect(screen.queryByRole('alertdialog')).toBeNull();
    expect(onClose).toHaveBeenCalledOnce();
  });
});
