import { createRoot } from 'react-dom/client';
import { chosenLanguage } from './api/failure.ts';
import { followReleases } from './app/follow-releases.ts';
import { startI18n } from './app/i18n/i18n.ts';
import { loadConsole } from './app/load-console.ts';
import { Root } from './app/root.tsx';
import './app/theme.css';
import { installTrustedTypes } from './app/trusted-types.ts';
import { followTabs, startSession } from './session/start-session.ts';
import { tokenState } from './session/tabs.ts';

installTrustedTypes();
followReleases();
const container = document.getElementById('root');
if (container === null) throw new Error('index.html has no #root');

// Fetched beside the question of who is here: what most likely follows from its answer.
if (tokenState() === 'unknown') void import('./features/sign-in/page.tsx');
else void loadConsole();

// A server that cannot be asked leaves the session unknown, and Root says so.
await Promise.all([startI18n(chosenLanguage()), startSession().catch(() => undefined)]);
followTabs();
createRoot(container).render(<Root />);
