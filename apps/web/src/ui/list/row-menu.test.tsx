import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { useState } from 'react';
import { Dialog } from '../overlay/dialog.tsx';
import { RowMenu } from './row-menu.tsx';

afterEach(cleanup);

function Row() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <RowMenu label="Actions for Alpha" actions={[{ key: 'rename', label: 'Rename', onSelect: () => setOpen(true) }]} />
      {open ? <Dialog title="Rename" actions={<button type="button" onClick={() => setOpen(false)}>Done</button>} onClose={() => setOpen(false)}>…</Dialog> : null}
    </>
  );
}

it('has the focus back after a dialog that one of its items opened: the item itself is gone by then', async () => {
  render(<Row />);
  const trigger = screen.getByRole('button', { name: 'Actions for Alpha' });
  fireEvent.click(trigger);
  const item = await screen.findByRole('menuitem', { name: 'Rename' });
  item.focus();
  fireEvent.click(item);
  const done = await screen.findByRole('button', { name: 'Done' });
  done.focus();
  fireEvent.click(done);
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(document.activeElement).toBe(trigger);
});
