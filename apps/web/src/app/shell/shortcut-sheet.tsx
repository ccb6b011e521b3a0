import { IconButton } from '../../ui/action-button.tsx';
import { CloseIcon } from '../../ui/icons.tsx';
import { useTexts } from '../i18n/use-texts.ts';
import { Keys, modKey } from './keys.tsx';
import { Sheet } from './sheet.tsx';
import { openOver } from './shell-store.ts';
import type { Command } from './use-commands.ts';

/** Every key there is, from the same registry that acts on them. */
export function ShortcutSheet({ commands }: { commands: Command[] }) {
  const t = useTexts('app');
  const rows = [
    { id: 'palette', label: t(($) => $.shortcuts.palette), keys: [modKey, 'K'] },
    { id: 'sidebar', label: t(($) => $.shortcuts.sidebar), keys: ['['] },
    ...commands.filter((command) => command.keys.length > 0),
    { id: 'peek', label: t(($) => $.shortcuts.peek), keys: ['J', 'K'] },
    { id: 'close', label: t(($) => $.shortcuts.close), keys: ['Esc'] },
  ];
  return (
    <Sheet label={t(($) => $.shortcuts.title)} look="sheet" onClose={() => openOver(null)}>
      <header className="shell-sheet-head">
        <h2>{t(($) => $.shortcuts.title)}</h2>
        <IconButton label={t(($) => $.actions.close)} onClick={() => openOver(null)}><CloseIcon /></IconButton>
      </header>
      <dl className="shell-sheet-rows">
        {rows.map((row) => (
          <div key={row.id}>
            <dt>{row.label}</dt>
            <dd><Keys keys={row.keys} /></dd>
          </div>
        ))}
      </dl>
    </Sheet>
  );
}
