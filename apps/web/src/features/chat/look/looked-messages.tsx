import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Message } from '@lyss/api-types';
import { useTexts } from '../../../app/i18n/use-texts.ts';
import { Time } from '../../../app/list/time.tsx';
import { ActionButton } from '../../../ui/action-button.tsx';
import { Markdown } from '../../../ui/markdown/markdown.tsx';
import { InlineError } from '../../../ui/states/banner.tsx';
import { Waiting } from '../../../ui/states/skeleton.tsx';
import { ConversationSkeleton } from '../conversation-skeleton.tsx';
import { useMarkdownTexts } from '../markdown-texts.ts';
import { Bubble } from '../messages/bubble.tsx';
import { listPath, parentKey, type Choices, type PathStep } from '../messages/message-path.ts';
import { listShownParts, textOf, type ShownPart } from '../messages/message-text.ts';
import { Reasoning } from '../messages/reasoning.tsx';
import { SiblingWalk } from '../messages/sibling-walk.tsx';
import { StatusNote } from '../messages/status-note.tsx';
import { ToolRow } from '../messages/tool-row.tsx';
import { lookedMessages } from './api.ts';

interface LookedMessagesProps {
  look_id: string;
  conversation_id: string;
  /** Whose it is. */
  name: string;
}

/** One conversation as its person sees it, with nothing to be done about it. */
export function LookedMessages({ look_id, conversation_id, name }: LookedMessagesProps) {
  const t = useTexts('chat');
  const found = useInfiniteQuery(lookedMessages(look_id, conversation_id));
  const [choices, choose] = useState<Choices>({});
  const messages = found.data?.pages.toReversed().flatMap(({ items }) => items) ?? [];
  const onChoose = (message: Message, id: string) => choose((old) => ({ ...old, [parentKey(message)]: id }));
  return (
    <Waiting waiting={found.isPending} label={t(($) => $.messages.loading)} skeleton={<ConversationSkeleton />}>
      {/* Scrolled by keyboard too: there is nothing in it that must have the focus. */}
      <div className="chat-scroll" tabIndex={0} role="log" aria-label={t(($) => $.look.messages)}>
        <div className="chat-column look-column">
          <InlineError>{found.error?.message ?? null}</InlineError>
          {found.hasNextPage ? <ActionButton size="small" pending={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>{t(($) => $.look.older)}</ActionButton> : null}
          {listPath(messages, choices).map((step) => <LookedMessage key={step.message.id} step={step} name={name} onChoose={onChoose} />)}
        </div>
      </div>
    </Waiting>
  );
}

function LookedMessage({ step: { message, sibling_ids, position }, name, onChoose }: { step: PathStep; name: string; onChoose: (message: Message, id: string) => void }) {
  const t = useTexts('chat');
  const isPerson = message.role === 'user';
  return (
    <article className={isPerson ? 'chat-own' : 'chat-answer'}>
      <div className="chat-byline"><h2>{isPerson ? name : (message.model ?? t(($) => $.messages.answer))}</h2> <small className="chat-muted"><Time at={message.created_at} /></small></div>
      {isPerson ? <Bubble text={textOf(message)} /> : listShownParts(message.content).map((part, index) => <LookedPart key={index} part={part} />)}
      {isPerson ? null : <StatusNote message={message} onRegenerate={null} onContinue={null} />}
      <SiblingWalk sibling_ids={sibling_ids} position={position} onChoose={(id) => onChoose(message, id)} />
    </article>
  );
}

function LookedPart({ part }: { part: ShownPart }) {
  const texts = useMarkdownTexts();
  if (part.kind === 'text') return <Markdown text={part.text} texts={texts} />;
  if (part.kind === 'reasoning') return <Reasoning text={part.text} duration_ms={part.duration_ms} since={null} />;
  return <ToolRow call={part.call} result={part.result} running={false} />;
}
