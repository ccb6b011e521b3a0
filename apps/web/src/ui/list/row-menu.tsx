import { IconButton } from '../action-button.tsx';
import { Menu } from '../floating/menu.tsx';
import { useFloating } from '../floating/use-floating.ts';
import { MoreIcon } from '../icons.tsx';
import type { RowAction } from './column.ts';

/** The actions of one row, behind three dots; `label` names the row too, for a screen reader that reads buttons alone. */
export function RowMenu({ actions, label }: { actions: readonly RowAction[]; label: string }) {
  const { trigger, open, close, triggerProps } = useFloating<HTMLButtonElement>();
  if (actions.length === 0) return null;
  return (
    <>
      <IconButton ref={trigger} label={label} aria-haspopup="menu" {...triggerProps}><MoreIcon /></IconButton>
      {open ? <Menu items={actions} label={label} trigger={trigger} placement="below-end" onClose={close} /> : null}
    </>
  );
}
