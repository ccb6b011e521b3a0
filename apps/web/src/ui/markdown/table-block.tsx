import type { Tokens } from 'marked';
import { CopyButton } from '../copyable.tsx';
import { renderInline } from './inline.tsx';
import { toCsv } from './plain-text.ts';
import { useRoom } from './use-room.ts';

function alignment(cell: Tokens.TableCell): string | undefined {
  return cell.align === 'right' || cell.align === 'center' ? `is-${cell.align}` : undefined;
}

/** A table that scrolls by itself, by keyboard too, and can be taken along as CSV. */
export function TableBlock({ token }: { token: Tokens.Table }) {
  const { texts } = useRoom();
  return (
    <div className="md-table">
      <div className="md-table-scroll" role="region" aria-label={texts.table} tabIndex={0}>
        <table>
          <thead>
            <tr>{token.header.map((cell, key) => <th key={key} scope="col" className={alignment(cell)}>{renderInline(cell.tokens)}</th>)}</tr>
          </thead>
          <tbody>
            {token.rows.map((row, line) => <tr key={line}>{row.map((cell, key) => <td key={key} className={alignment(cell)}>{renderInline(cell.tokens)}</td>)}</tr>)}
          </tbody>
        </table>
      </div>
      <div className="md-table-tools"><CopyButton text={() => toCsv(token)} copyText={texts.copy_csv} copiedText={texts.copied} size={14} /></div>
    </div>
  );
}
