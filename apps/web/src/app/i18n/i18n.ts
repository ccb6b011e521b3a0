import { createInstance, type BackendModule, type FlatNamespace } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Locale } from '@lyss/api-types';

declare module 'i18next' {
  interface CustomTypeOptions {
    enableSelector: true;
    defaultNS: 'app';
    strictKeyChecks: true;
  }
}

const files = import.meta.glob<{ default: Record<string, unknown> }>(['./texts/*.ts', '../access/texts/*.ts', '../../ui/texts/*.ts', '../../features/*/texts/*.ts']);

function findFile(language: string, namespace: string) {
  const folder = { app: './texts', access: '../access/texts', ui: '../../ui/texts' }[namespace] ?? `../../features/${namespace}/texts`;
  return files[`${folder}/${language}.ts`];
}

const textFiles: BackendModule = {
  type: 'backend',
  init() {},
  read(language, namespace, done) {
    const load = findFile(language, namespace);
    if (load === undefined) return done(new Error(`no texts for ${namespace} in ${language}`), false);
    load().then(
      (file) => done(null, file.default),
      (cause: unknown) => done(cause instanceof Error ? cause : new Error(String(cause)), true),
    );
  },
};

export const i18n = createInstance();

/** Loads the frame's own texts in one language; rooms of the console load theirs when they are entered. */
export async function startI18n(language: Locale): Promise<void> {
  i18n.on('languageChanged', (chosen) => {
    document.documentElement.lang = chosen;
  });
  await i18n
    .use(textFiles)
    .use(initReactI18next)
    .init({
      lng: language,
      fallbackLng: false,
      supportedLngs: ['zh-CN', 'en-US'],
      load: 'currentOnly',
      ns: ['app'],
      defaultNS: 'app',
      interpolation: { escapeValue: false },
      returnNull: false,
    });
}

/** Fetches a feature's texts ahead of its first frame, so that it never suspends on them. */
export async function loadTexts(...namespaces: FlatNamespace[]): Promise<void> {
  await i18n.loadNamespaces(namespaces);
}
