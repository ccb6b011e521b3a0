import { useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import { Virtualizer } from 'virtua';
import { useTexts } from '../../../app/i18n/use-texts.ts';
import { ActionButton } from '../../../ui/action-button.tsx';
import { ArrowDownIcon } from '../../../ui/icons.tsx';
import type { MessageRow } from '../rows.ts';
import { AssistantMessage } from './assistant-message.tsx';
import { UserMessage } from './user-message.tsx';
import { useStickToEnd } from './use-stick-to-end.ts';

/** Older messages: whether there are any above the path, and what became of the last try to get them. */
export interface Older {
  needed: boolean;
  loading: boolean;
  failed: boolean;
  /** Changes with every page that came, also one that has nothing of the shown path. */
  known: number;
  load: () => void;
}

// About a screen ahead of the reader.
const AHEAD_PX = 800;

function usePrepended(rows: readonly MessageRow[]): boolean {
  const first = useRef<string | undefined>(undefined);
  const before = first.current;
  const prepended = before !== undefined && rows[0]?.key !== before && rows.some((row) => row.key === before);
  useLayoutEffect(() => {
    first.current = rows[0]?.key;
  }, [rows]);
  return prepended;
}

function OlderNote({ older }: { older: Older }) {
  const t = useTexts('chat');
  if (older.failed) {
    return (
      <div className="chat-older" role="alert">
        {t(($) => $.messages.older_failed)} <ActionButton size="small" onClick={older.load}>{t(($) => $.actions.retry)}</ActionButton>
      </div>
    );
  }
  return older.loading ? <div className="chat-older" role="status">{t(($) => $.messages.older)}</div> : null;
}

/** The shown path, drawn only where it is seen; it opens at its end and stays there unless the reader scrolls up. */
export function MessageList({ rows, older }: { rows: readonly MessageRow[]; older: Older }) {
  const t = useTexts('chat');
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const { away, jump } = useStickToEnd(scroller, content);
  const shift = usePrepended(rows);
  const sent = rows.find((row) => row.pending)?.key;
  // Opens at the end, and goes there with what the person sends; never with what comes by itself.
  useLayoutEffect(jump, [sent, jump]);
  const { needed, loading, failed, known, load } = older;
  const ask = useCallback(() => {
    if (needed && !loading && !failed && (scroller.current?.scrollTop ?? 0) < AHEAD_PX) load();
  }, [needed, loading, failed, load]);
  // A page may hold nothing of this path, or too little to fill the screen: then the next is asked for at once.
  useEffect(ask, [ask, known]);
  const last = rows.length - 1;
  return (
    <div className="chat-messages">
      <h2 className="visually-hidden">{t(($) => $.messages.label)}</h2>
      <OlderNote older={older} />
      <div ref={scroller} className="chat-scroll" role="log" aria-live="off" aria-label={t(($) => $.messages.label)} tabIndex={0} onScroll={ask}>
        <div ref={content} className="chat-column">
          <Virtualizer scrollRef={scroller} data={rows} shift={shift} bufferSize={400}>
            {(row, index) =>
              row.message.role === 'user' ? <UserMessage key={row.key} row={row} last={index === last} /> : <AssistantMessage key={row.key} row={row} last={index === last} />
            }
          </Virtualizer>
        </div>
      </div>
      {away ? (
        <button type="button" className="chat-jump" aria-label={t(($) => $.messages.newest)} title={t(($) => $.messages.newest)} onClick={jump}>
          <ArrowDownIcon />
        </button>
      ) : null}
    </div>
  );
}
