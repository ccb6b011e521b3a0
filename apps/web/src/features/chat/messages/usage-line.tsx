import type { Message } from '@lyss/api-types';
import { useLanguage, useTexts } from '../../../app/i18n/use-texts.ts';
import { Duration, Figure, Money } from '../../../ui/figure/figure.tsx';
import { useConversationRoom } from './conversation-room.ts';

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** What an answer took: tokens, money, time; only what is known. */
export function UsageLine({ message }: { message: Message }) {
  const t = useTexts('chat');
  const locale = useLanguage();
  const model = useConversationRoom().nameOf(message);
  const { usage, duration_ms, time_to_first_token_ms } = message;
  const tokens = (value: number) => <Figure value={value} locale={locale} unit={t(($) => $.usage.tokens)} />;
  const cost = usage?.cost ?? null;
  const costWords = cost === null ? t(($) => $.usage.unknown_cost) : Number(cost.amount) === 0 ? t(($) => $.usage.free) : <Money {...cost} locale={locale} />;
  return (
    <dl className="chat-usage" aria-label={t(($) => $.usage.label)}>
      {model !== null ? <Fact name={t(($) => $.usage.model)}>{model}</Fact> : null}
      {usage !== null ? (
        <>
          <Fact name={t(($) => $.usage.input)}>{tokens(usage.input_tokens)}</Fact>
          {usage.cached_tokens > 0 ? <Fact name={t(($) => $.usage.cached)}>{tokens(usage.cached_tokens)}</Fact> : null}
          <Fact name={t(($) => $.usage.output)}>{tokens(usage.output_tokens)}{usage.estimated ? ` (${t(($) => $.usage.estimated)})` : null}</Fact>
          {usage.reasoning_tokens > 0 ? <Fact name={t(($) => $.usage.reasoning)}>{tokens(usage.reasoning_tokens)}</Fact> : null}
          <Fact name={t(($) => $.usage.cost)}>{costWords}</Fact>
        </>
      ) : null}
      {time_to_first_token_ms !== null ? <Fact name={t(($) => $.usage.first)}><Duration ms={time_to_first_token_ms} locale={locale} /></Fact> : null}
      {duration_ms !== null ? <Fact name={t(($) => $.usage.duration)}><Duration ms={duration_ms} locale={locale} /></Fact> : null}
    </dl>
  );
}
