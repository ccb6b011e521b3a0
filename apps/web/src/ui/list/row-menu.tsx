import { Dropdown } from 'antd';
import { IconButton } from '../action-button.tsx';
import { MoreIcon } from '../icons.tsx';
import type { RowAction } from './column.ts';

/** The actions of one row, behind three dots; `label` names the row too, for a screen reader that reads buttons alone. */
export function RowMenu({ actions, label }: { actions: readonly RowAction[]; label: string }) {
  if (actions.length === 0) return null;
  const menu = {
    items: actions.map(({ key, label: text, danger = false, disabled = false }) => ({ key, label: text, danger, disabled })),
    onClick: ({ key, domEvent }: { key: string; domEvent: { stopPropagation: () => void } }) => {
      domEvent.stopPropagation();
      actions.find((action) => action.key === key)?.onSelect();
    },
  };
  return (
    <Dropdown menu={menu} trigger={['click']} placement="bottomRight">
      <IconButton label={label} aria-haspopup="menu" onClick={(event) => event.stopPropagation()}><MoreIcon /></IconButton>
    </Dropdown>
  );
}
