import { Checkbox, Popover } from 'antd';
import { IconButton } from '../action-button.tsx';
import { ColumnsIcon } from '../icons.tsx';
import './list.css';

interface ColumnChooserProps {
  columns: readonly { key: string; title: string; fixed?: boolean }[];
  hidden: readonly string[];
  onChange: (hidden: string[]) => void;
  label: string;
}

/** Which columns are seen. It tells what was switched off, so that a column which comes later is seen by itself. */
export function ColumnChooser({ columns, hidden, onChange, label }: ColumnChooserProps) {
  const toggle = (key: string, shown: boolean) => onChange(shown ? hidden.filter((name) => name !== key) : [...hidden, key]);
  const choices = (
    <div className="ui-columns" role="group" aria-label={label}>
      {columns.map(({ key, title, fixed }) => (
        <Checkbox key={key} disabled={fixed === true} checked={fixed === true || !hidden.includes(key)} onChange={(event) => toggle(key, event.target.checked)}>
          {title}
        </Checkbox>
      ))}
    </div>
  );
  return (
    <Popover content={choices} trigger="click" placement="bottomRight" arrow={false}>
      <IconButton label={label} className="is-tool" aria-haspopup="dialog"><ColumnsIcon /></IconButton>
    </Popover>
  );
}
