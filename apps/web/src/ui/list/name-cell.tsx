import type { ReactNode } from 'react';
import { CopyButton } from '../copyable.tsx';
import './row.css';

interface NameCellProps {
  name: string;
  /** The machine's name for it: an id, a slug, a key hint. */
  id?: string;
  glyph?: ReactNode;
  /** Opens the row; the name becomes a button, so a keyboard can do it. */
  onOpen?: () => void;
  copyText: string;
  copiedText: string;
  /** A short mark beside the name, such as Demo. */
  tag?: ReactNode;
}

/** A name over its id, which can be copied. */
export function NameCell({ name, id, glyph, onOpen, copyText, copiedText, tag }: NameCellProps) {
  return (
    <span className="ui-name-cell">
      {glyph}
      <span className="ui-name-lines">
        <span className="ui-name-first">
          {onOpen ? <button type="button" className="ui-name-button" onClick={onOpen}>{name}</button> : <span className="ui-name">{name}</span>}
          {tag ? <span className="ui-tag">{tag}</span> : null}
        </span>
        {id ? (
          <span className="ui-name-id">
            <span className="mono">{id}</span>
            <CopyButton text={id} copyText={copyText} copiedText={copiedText} size={12} />
          </span>
        ) : null}
      </span>
    </span>
  );
}
