import { useState } from 'react';
import { useTexts } from '../../../app/i18n/use-texts.ts';
import { detectLanguage } from '../../../ui/markdown/detect-language.ts';

// A pasted log would push the answer out of sight.
const FOLD_AT = 1_200;

/** What a person wrote, as they wrote it; something very long is folded. */
export function Bubble({ text }: { text: string }) {
  const t = useTexts('chat');
  const [whole, setWhole] = useState(false);
  const long = text.length > FOLD_AT;
  return (
    <div className="chat-bubble" dir="auto">
      <span className="own-language" lang={detectLanguage(text) ?? undefined}>{long && !whole ? `${text.slice(0, FOLD_AT)}…` : text}</span>
      {long ? (
        <button type="button" className="chat-more" aria-expanded={whole} onClick={() => setWhole(!whole)}>
          {whole ? t(($) => $.messages.show_less) : t(($) => $.messages.show_all, { count: text.length })}
        </button>
      ) : null}
    </div>
  );
}
