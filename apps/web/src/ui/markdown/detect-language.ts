// Enough to be sure, and little enough to ask again with every word that comes.
const SAMPLE = 600;
// Code is written in nobody's language.
const code = /```[\s\S]*?(?:```|$)|`[^`\n]*`/g;
const han = /\p{Script=Han}/gu;
const latinWord = /\p{Script=Latin}+/gu;

/**
 * The language that a text is written in, by its script: mostly Han is Chinese, other letters English; null where there are
 * none. A Han character counts as much as a Latin word.
 */
export function detectLanguage(text: string): 'zh-CN' | 'en' | null {
  const sample = text.slice(0, 2 * SAMPLE).replace(code, ' ').slice(0, SAMPLE);
  const chinese = sample.match(han)?.length ?? 0;
  const words = sample.match(latinWord)?.length ?? 0;
  if (chinese === 0 && words === 0) return null;
  return chinese >= words ? 'zh-CN' : 'en';
}
