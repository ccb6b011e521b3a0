import { Dropdown } from 'antd';
import { useRef } from 'react';
import { IconButton } from '../action-button.tsx';
import { MoreIcon } from '../icons.tsx';
import type { RowAction } from './column.ts';

/** The actions of one row, behind three dots; `label` names the row too, for a screen reader that reads buttons alone. */
export function RowMenu({ actions, label }: { actions: readonly RowAction[]; label: string }) {
  const trigger = useRef<HTMLButtonElement>(null);
  if (actions.length === 0) return null;
  const menu = {
    items: actions.map(({ key, label: text, danger = false, disabled = false }) => ({ key, label: text, danger, disabled })),
    onClick: ({ key, domEvent }: { key: string; domEvent: { stopPropagation: () => void } }) => {
      domEvent.stopPropagation();
      // The item goes away with the menu: what it opens gives the focus back to what had it, so that is the trigger.
      trigger.current?.focus();
      actions.find((action) => action.key === key)?.onSelect();
    },
  };
  return (
    <Dropdown menu={menu} trigger={['click']} placement="bottomRight">
      <IconButton ref={trigger} label={label} aria-haspopup="menu" onClick={(event) => event.stopPropagation()}><MoreIcon /></IconButton>
    </Dropdown>
  );
}
