import { Outlet, useMatches } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useNarrow } from '../../ui/list/use-narrow.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { usePreferences } from '../preferences.ts';
import { Banners } from './banners.tsx';
import { Bar } from './bar.tsx';
import { WaitingPage } from './route-states.tsx';
import { Sheet } from './sheet.tsx';
import { openOver, useShell } from './shell-store.ts';
import { ShortcutSheet } from './shortcut-sheet.tsx';
import { Sidebar } from './sidebar.tsx';
import { useCommands } from './use-commands.ts';
import { useShortcuts } from './use-shortcuts.ts';
import './shell.css';

const Palette = lazy(() => import('./palette.tsx'));

function Overlays() {
  const t = useTexts('app');
  const open = useShell((shell) => shell.open);
  const commands = useCommands();
  useShortcuts(commands);
  if (open === 'palette') return <Suspense fallback={null}><Palette commands={commands} /></Suspense>;
  if (open === 'shortcuts') return <ShortcutSheet commands={commands} />;
  if (open !== 'menu') return null;
  const close = () => openOver(null);
  return <Sheet label={t(($) => $.nav.label)} look="drawer" onClose={close}><Sidebar onGo={close} /></Sheet>;
}

/** The frame of every page behind the sign-in. It never scrolls; the page inside does. */
export function Shell() {
  const t = useTexts('app');
  const narrow = useNarrow();
  const collapsed = usePreferences((preferences) => preferences.collapsed);
  const canvas = useMatches({ select: (matches) => matches.some((match) => match.staticData.canvas === true) });
  return (
    <div className={collapsed && !narrow ? 'shell-frame is-collapsed' : 'shell-frame'}>
      <a className="skip-link" href="#main">{t(($) => $.skip)}</a>
      {narrow ? null : <aside className="shell-side"><Sidebar /></aside>}
      <div className="shell-column">
        <Bar />
        <Banners />
        <main id="main" tabIndex={-1} className={canvas ? 'shell-main is-canvas' : 'shell-main'}>
          <div className="shell-page">
            <Suspense fallback={<WaitingPage />}><Outlet /></Suspense>
          </div>
        </main>
      </div>
      <Overlays />
    </div>
  );
}
