import { useEffect, useMemo, useState } from 'react';
import type { Colour, Line } from './highlight.ts';
import { findLanguage } from './languages.ts';

// Colouring more would hold the page up; such a block stays plain.
const MAX_CODE = 60_000;

/** The lines of a code block in colour, or null: not a known language, too long, or not loaded yet. */
export function useColour(code: string, info: string): readonly Line[] | null {
  const lang = code.length > MAX_CODE ? null : findLanguage(info);
  const [loaded, setLoaded] = useState<{ lang: string; colour: Colour } | null>(null);
  useEffect(() => {
    if (lang === null) return undefined;
    let gone = false;
    import('./highlight.ts')
      .then(({ loadColour }) => loadColour(lang))
      .then((colour) => !gone && setLoaded({ lang, colour }))
      // Without the network code stays plain, which is readable.
      .catch(() => undefined);
    return () => {
      gone = true;
    };
  }, [lang]);
  return useMemo(() => {
    if (!loaded || loaded.lang !== lang) return null;
    try {
      return loaded.colour(code);
    } catch {
      return null;
    }
  }, [loaded, lang, code]);
}
