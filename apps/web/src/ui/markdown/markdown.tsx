import { useMemo, useRef, useState } from 'react';
import { Block } from './block.tsx';
import { detectLanguage } from './detect-language.ts';
import { placeHeadings } from './headings.ts';
import { LeaveLink } from './leave-link.tsx';
import type { Lexed } from './lex.ts';
import { lex, normalise } from './lex.ts';
import type { Stream } from './lex-stream.ts';
import { emptyStream, lexStream } from './lex-stream.ts';
import type { MarkdownTexts } from './texts.ts';
import { MarkdownContext } from './texts.ts';
import './markdown.css';
import './code.css';

interface MarkdownProps {
  /** What a model wrote so far. Untrusted. */
  text: string;
  /** Whether more is to come: then what is unfinished at the end is closed for the eye. */
  streaming?: boolean;
  /** Keep one object for all messages: a new one draws everything again. */
  texts: MarkdownTexts;
}

// The last reading is kept beside the render; reading the same text again gives the same, so it is safe to repeat.
function useLexed(text: string, streaming: boolean): Lexed {
  const stream = useRef<Stream>(emptyStream);
  return useMemo(() => {
    if (!streaming) return lex(normalise(text));
    stream.current = lexStream(stream.current, text);
    return stream.current;
  }, [text, streaming]);
}

/** A model's text, from marked's tokens to React elements; no HTML on the way, nothing loaded, no link followed unseen. */
export function Markdown({ text, streaming = false, texts }: MarkdownProps) {
  const { tokens, definitions } = useLexed(text, streaming);
  const levels = placeHeadings(tokens);
  const [leaving, setLeaving] = useState<string | null>(null);
  const room = useMemo(() => ({ texts, onLeave: setLeaving }), [texts]);
  return (
    <MarkdownContext value={room}>
      <div className="md own-language" dir="auto" lang={detectLanguage(text) ?? undefined}>
        {tokens.map((token, key) => <Block key={key} token={token} definitions={definitions} levels={levels[key] ?? ''} />)}
      </div>
      {leaving ? <LeaveLink address={leaving} texts={texts.leave} onClose={() => setLeaving(null)} /> : null}
    </MarkdownContext>
  );
}
