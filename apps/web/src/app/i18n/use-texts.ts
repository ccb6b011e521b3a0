import type { FlatNamespace, TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Locale } from '@lyss/api-types';

/**
 * The typed texts of one feature (`useTexts('users')`), of the shared parts (`'ui'`) or of the frame (`'app'`):
 * `t(($) => $.list.title)`, with arguments `t(($) => $.list.count, { count: 3 })`. Suspends until they are loaded.
 */
export function useTexts<Ns extends FlatNamespace>(namespace: Ns): TFunction<Ns> {
  // The hook's own type resolves to this one for every concrete namespace, which a generic caller cannot show.
  return useTranslation(namespace as never).t as unknown as TFunction<Ns>;
}

/** The language that is shown now; rerenders when it changes. */
export function useLanguage(): Locale {
  return useTranslation('app').i18n.language === 'en-US' ? 'en-US' : 'zh-CN';
}
