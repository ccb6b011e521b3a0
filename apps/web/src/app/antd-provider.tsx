import { ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { useMemo, type ReactNode } from 'react';
import { useLanguage } from './i18n/use-texts.ts';
import { useMode } from './preferences.ts';
import { createTheme, providerDefaults } from './theme.ts';

// The nonce that this response's policy lets style; the property, since browsers hide the attribute from scripts.
const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? '';

/** antd in our look and language for what is inside. */
export function AntdProvider({ children }: { children: ReactNode }) {
  const mode = useMode();
  const language = useLanguage();
  const theme = useMemo(() => createTheme(mode), [mode]);
  return (
    <ConfigProvider {...providerDefaults} theme={theme} locale={language === 'zh-CN' ? zhCN : enUS} csp={{ nonce }}>
      {children}
    </ConfigProvider>
  );
}
