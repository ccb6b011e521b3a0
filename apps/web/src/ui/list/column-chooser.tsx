import { Checkbox } from 'antd';
import { IconButton } from '../action-button.tsx';
import { FloatingPanel } from '../floating/floating-panel.tsx';
import { useFloating } from '../floating/use-floating.ts';
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
  const { trigger, open, close, triggerProps } = useFloating<HTMLButtonElement>();
  const toggle = (key: string, shown: boolean) => onChange(shown ? hidden.filter((name) => name !== key) : [...hidden, key]);
  return (
    <>
      <IconButton ref={trigger} label={label} className="is-tool" aria-haspopup="dialog" {...triggerProps}><ColumnsIcon /></IconButton>
      {open ? (
        // It stands still from its first moment: a panel that grows into its place loses a press that comes early.
        <FloatingPanel trigger={trigger} placement="below-end" onClose={close}>
          <div className="ui-columns" role="dialog" aria-label={label} tabIndex={-1} data-autofocus>
            {columns.map(({ key, title, fixed }) => (
              <Checkbox key={key} disabled={fixed === true} checked={fixed === true || !hidden.includes(key)} onChange={(event) => toggle(key, event.target.checked)}>
                {title}
              </Checkbox>
            ))}
          </div>
        </FloatingPanel>
      ) : null}
    </>
  );
}
