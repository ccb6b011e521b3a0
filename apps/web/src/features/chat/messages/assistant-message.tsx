import { memo, useState } from 'react';
import { useTexts } from '../../../app/i18n/use-texts.ts';
import { IconButton } from '../../../ui/action-button.tsx';
import { CopyButton } from '../../../ui/copyable.tsx';
import { RefreshIcon } from '../../../ui/icons.tsx';
import { Markdown } from '../../../ui/markdown/markdown.tsx';
import { GaugeIcon } from '../icons.tsx';
import type { MessageRow } from '../rows.ts';
import { useConversationRoom } from './conversation-room.ts';
import { listShownParts, textOf, type ShownPart } from './message-text.ts';
import { Reasoning } from './reasoning.tsx';
import { SiblingWalk } from './sibling-walk.tsx';
import { StatusNote } from './status-note.tsx';
import { ToolRow } from './tool-row.tsx';
import { UsageLine } from './usage-line.tsx';

interface AssistantMessageProps {
  row: MessageRow;
  last: boolean;
}

interface ShownPartProps {
  part: ShownPart;
  /** More of it is to come. */
  open: boolean;
  /** It ends where the answer was cut off or stopped: what it leaves unclosed stays closed for the eye. */
  unfinished: boolean;
  since: number | null;
}

function ShownPartView({ part, open, unfinished, since }: ShownPartProps) {
  const { markdown } = useConversationRoom();
  if (part.kind === 'text') return <Markdown text={part.text} streaming={open || unfinished} texts={markdown} />;
  if (part.kind === 'reasoning') return <Reasoning text={part.text} duration_ms={part.duration_ms} since={open ? since : null} />;
  return <ToolRow call={part.call} result={part.result} running={open} />;
}

/** Something to look at until the first word, and an honest word where none came. */
function Placeholder({ row }: { row: MessageRow }) {
  const t = useTexts('chat');
  const room = useConversationRoom();
  const { message } = row;
  if (message.status === 'complete') return <p className="chat-muted">{t(($) => $.messages.empty_answer)}</p>;
  if (message.status !== 'running') return null;
  const model = room.nameOf(message);
  const words = model === null ? t(($) => $.messages.waiting_any) : t(($) => $.messages.waiting, { model });
  return (
    <p className="chat-waiting">
      <span className="chat-dots" aria-hidden="true"><i /><i /><i /></span>
      <span className="visually-hidden">{words}</span>
    </p>
  );
}

function Actions({ row }: AssistantMessageProps) {
  const t = useTexts('chat');
  const room = useConversationRoom();
  const [details, setDetails] = useState(false);
  const { message, sibling_ids, position } = row;
  return (
    <>
      <div className="chat-actions">
        <CopyButton text={() => textOf(message)} copyText={t(($) => $.actions.copy)} copiedText={t(($) => $.actions.copied)} />
        <IconButton label={t(($) => $.actions.regenerate)} disabled={!room.can_send} onClick={() => room.onRegenerate(message)}><RefreshIcon size={15} /></IconButton>
        <IconButton label={t(($) => $.actions.details)} aria-expanded={details} onClick={() => setDetails(!details)}><GaugeIcon size={15} /></IconButton>
        <SiblingWalk sibling_ids={sibling_ids} position={position} onChoose={(id) => room.onChoose(message, id)} />
      </div>
      {details ? <UsageLine message={message} /> : null}
    </>
  );
}

/** An answer: plain on the canvas, its thinking and tools folded, what can be done with it below. */
export const AssistantMessage = memo(function AssistantMessage({ row, last }: AssistantMessageProps) {
  const t = useTexts('chat');
  const room = useConversationRoom();
  const { message, turn } = row;
  const running = message.status === 'running';
  const cut = message.status === 'stopped' || message.status === 'interrupted';
  const parts = listShownParts(message.content);
  const since = turn?.reply.reasoning_since ?? null;
  return (
    <article className={`chat-answer ${last ? 'is-last' : ''}`} aria-busy={running || undefined}>
      <div className="chat-byline">
        <h3>{room.nameOf(message) ?? t(($) => $.messages.answer)}</h3>
        {room.isDemo(message) ? <span className="chat-badge" title={t(($) => $.messages.demo_why)}>{t(($) => $.messages.demo)}</span> : null}
      </div>
      {/* Parts are only ever appended, so their place is their identity. */}
      {parts.map((part, index) => <ShownPartView key={index} part={part} open={running && index === parts.length - 1} unfinished={cut && index === parts.length - 1} since={since} />)}
      {parts.length === 0 ? <Placeholder row={row} /> : null}
      {turn !== null && !turn.connected ? <p className="chat-reconnecting" role="status">{t(($) => $.messages.reconnecting)}</p> : null}
      <StatusNote message={message} onRegenerate={room.can_send ? () => room.onRegenerate(message) : null} onContinue={room.can_send && last ? () => room.onContinue(message) : null} />
      {running ? null : <Actions row={row} last={last} />}
    </article>
  );
});
