import { useMemo } from 'react';
import { useTexts } from '../../app/i18n/use-texts.ts';
import type { MarkdownTexts } from '../../ui/markdown/texts.ts';

/** The renderer's words, one object per language: a new one would draw every message again. */
export function useMarkdownTexts(): MarkdownTexts {
  const t = useTexts('chat');
  return useMemo(() => t(($) => $.markdown, { returnObjects: true }), [t]);
}
