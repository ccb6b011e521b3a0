import { IconButton } from '../../ui/action-button.tsx';
import { useLanguage, useTexts } from '../i18n/use-texts.ts';
import { choosePreferences, useMode } from '../preferences.ts';
import { MoonIcon, SunIcon } from '../shell/shell-icons.tsx';

/** Language and look, before anybody is known: kept on this device, taken over at sign-in. */
export function VisitorTools() {
  const t = useTexts('app');
  const language = useLanguage();
  const mode = useMode();
  const other = language === 'zh-CN' ? 'en-US' : 'zh-CN';
  return (
    <div className="visitor-tools">
      <button type="button" className="visitor-language" lang={other} onClick={() => choosePreferences({ language: other })}>
        {other === 'zh-CN' ? '中文' : 'English'}
      </button>
      <IconButton label={mode === 'dark' ? t(($) => $.theme.to_light) : t(($) => $.theme.to_dark)} onClick={() => choosePreferences({ theme: mode === 'dark' ? 'light' : 'dark' })}>
        {mode === 'dark' ? <SunIcon size={18} /> : <MoonIcon size={18} />}
      </IconButton>
    </div>
  );
}
