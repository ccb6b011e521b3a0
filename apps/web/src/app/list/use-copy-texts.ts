import { useTexts } from '../i18n/use-texts.ts';

/** What every copy button says. */
export function useCopyTexts() {
  const t = useTexts('app');
  return { copyText: t(($) => $.actions.copy), copiedText: t(($) => $.actions.copied) };
}
