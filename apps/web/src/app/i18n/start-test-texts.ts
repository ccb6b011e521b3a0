import type { FlatNamespace } from 'i18next';
import type { Locale } from '@lyss/api-types';
import { i18n, loadTexts, startI18n } from './i18n.ts';

/** For component tests: the real texts of the named features, loaded before anything is rendered. */
export async function startTestTexts(language: Locale, ...namespaces: FlatNamespace[]): Promise<void> {
  if (!i18n.isInitialized) await startI18n(language);
  else await i18n.changeLanguage(language);
  await loadTexts(...namespaces);
}
