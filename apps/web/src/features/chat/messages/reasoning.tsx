import { useEffect, useState } from 'react';
import { ChevronRightIcon } from '../../../ui/icons.tsx';
import { detectLanguage } from '../../../ui/markdown/detect-language.ts';
import { useTexts } from '../../../app/i18n/use-texts.ts';

const SECOND_MS = 1_000;

interface ReasoningProps {
  text: string;
  duration_ms: number;
  /** When this thinking began, by this device's clock; null once it is over. */
  since: number | null;
}

function useSeconds(since: number | null, duration_ms: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (since === null) return undefined;
    const timer = setInterval(() => setNow(Date.now()), SECOND_MS);
    return () => clearInterval(timer);
  }, [since]);
  return Math.round((since === null ? duration_ms : Math.max(0, now - since)) / SECOND_MS);
}

/** What the model thought, folded to one line with its seconds. */
export function Reasoning({ text, duration_ms, since }: ReasoningProps) {
  const t = useTexts('chat');
  const [open, setOpen] = useState(false);
  const seconds = useSeconds(since, duration_ms);
  const done = seconds < 1 ? t(($) => $.reasoning.brief) : t(($) => $.reasoning.done, { seconds });
  return (
    <div className="chat-fold">
      <button type="button" className="chat-fold-line" aria-expanded={open} onClick={() => setOpen(!open)}>
        <ChevronRightIcon size={13} />
        <span className={since === null ? undefined : 'chat-breathing'}>{since === null ? done : t(($) => $.reasoning.running, { seconds })}</span>
      </button>
      {open ? <div className="chat-fold-body own-language" dir="auto" lang={detectLanguage(text) ?? undefined}>{text}</div> : null}
    </div>
  );
}
