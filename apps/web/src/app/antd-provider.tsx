import { ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { useMemo, type ReactNode } from 'react';
import { useLanguage } from './i18n/use-texts.ts';
import { useMode } from './preferences.ts';
import { createTheme, providerDefaults } from './theme.ts';

// The nonce that this response's policy lets style; the property, since browsers hide the attribute from scripts.
const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? '';

const FLOATING = 'floating';

/**
 * What floats above the page lives in an element of its own: inside body itself antd would lock the page's scrolling with a
 * style element that the policy refuses, and this page never scrolls.
 */
export function findFloating(): HTMLElement {
  const known = document.getElementById(FLOATING);
  if (known !== null) return known;
  const made = document.createElement('div');
  made.id = FLOATING;
  return document.body.appendChild(made);
}

/** antd in our look and language for what is inside. */
export function AntdProvider({ children }: { children: ReactNode }) {
  const mode = useMode();
  const language = useLanguage();
  const theme = useMemo(() => createTheme(mode), [mode]);
  return (
    <ConfigProvider {...providerDefaults} theme={theme} locale={language === 'zh-CN' ? zhCN : enUS} csp={{ nonce }} getPopupContainer={findFloating}>
      {children}
    </ConfigProvider>
  );
}
