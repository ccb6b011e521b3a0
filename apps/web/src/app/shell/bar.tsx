import { IconButton } from '../../ui/action-button.tsx';
import { SearchIcon } from '../../ui/icons.tsx';
import { useNarrow } from '../../ui/list/use-narrow.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { choosePreferences, useMode, usePreferences } from '../preferences.ts';
import { switchLanguage, switchTheme } from './choose.ts';
import { Keys, modKey } from './keys.tsx';
import { CollapseIcon, ExpandIcon, GlobeIcon, MenuIcon, MoonIcon, SunIcon } from './shell-icons.tsx';
import { openOver } from './shell-store.ts';

function SideButton({ narrow }: { narrow: boolean }) {
  const t = useTexts('app');
  const collapsed = usePreferences((preferences) => preferences.collapsed);
  if (narrow) return <IconButton label={t(($) => $.nav.open)} onClick={() => openOver('menu')}><MenuIcon size={18} /></IconButton>;
  return (
    <IconButton label={collapsed ? t(($) => $.nav.expand) : t(($) => $.nav.collapse)} onClick={() => choosePreferences({ collapsed: !collapsed })}>
      {collapsed ? <ExpandIcon size={18} /> : <CollapseIcon size={18} />}
    </IconButton>
  );
}

/** 52 px above every page: the sidebar's switch, the commands, look and language. */
export function Bar() {
  const t = useTexts('app');
  const narrow = useNarrow();
  const mode = useMode();
  const search = t(($) => $.palette.open);
  return (
    <header className="bar">
      <SideButton narrow={narrow} />
      {narrow ? (
        <IconButton label={search} onClick={() => openOver('palette')}><SearchIcon size={18} /></IconButton>
      ) : (
        <button type="button" className="bar-search" onClick={() => openOver('palette')}>
          <SearchIcon />
          <span>{search}</span>
          <Keys keys={[modKey, 'K']} />
        </button>
      )}
      <span className="bar-space" />
      <IconButton label={mode === 'dark' ? t(($) => $.theme.to_light) : t(($) => $.theme.to_dark)} onClick={switchTheme}>
        {mode === 'dark' ? <SunIcon size={18} /> : <MoonIcon size={18} />}
      </IconButton>
      <IconButton label={t(($) => $.language.switch)} onClick={switchLanguage}><GlobeIcon size={18} /></IconButton>
    </header>
  );
}
