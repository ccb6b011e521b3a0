import { listGivenUpWords } from '@lyss/api-types/words';
import type { Texts } from './judge-texts.ts';

/** Texts that call a thing by a word other than the glossary's. */
export function judgeWords(texts: Texts, language: 'zh-CN' | 'en-US'): string[] {
  return [...texts].flatMap(([key, text]) => listGivenUpWords(text, language).map((word) => `${key}: say “${word}” in “${text}”`));
}
