import { Command as Cmdk } from 'cmdk';
import { useTexts } from '../i18n/use-texts.ts';
import { Keys } from './keys.tsx';
import { Sheet } from './sheet.tsx';
import { openOver } from './shell-store.ts';
import type { Command } from './use-commands.ts';
import './palette.css';

function Group({ heading, commands }: { heading: string; commands: Command[] }) {
  return (
    <Cmdk.Group heading={heading}>
      {commands.map((command) => (
        <Cmdk.Item
          key={command.id}
          value={command.label}
          keywords={command.keywords.split(' ')}
          onSelect={() => {
            openOver(null);
            command.run();
          }}
        >
          <span>{command.label}</span>
          <Keys keys={command.keys} />
        </Cmdk.Item>
      ))}
    </Cmdk.Group>
  );
}

export default function Palette({ commands }: { commands: Command[] }) {
  const t = useTexts('app');
  return (
    <Sheet label={t(($) => $.palette.label)} look="palette" onClose={() => openOver(null)}>
      <Cmdk label={t(($) => $.palette.label)} loop>
        <Cmdk.Input autoFocus placeholder={t(($) => $.palette.placeholder)} />
        <Cmdk.List>
          <Cmdk.Empty>{t(($) => $.palette.none)}</Cmdk.Empty>
          <Group heading={t(($) => $.palette.go)} commands={commands.filter((command) => command.group === 'go')} />
          <Group heading={t(($) => $.palette.act)} commands={commands.filter((command) => command.group === 'act')} />
        </Cmdk.List>
      </Cmdk>
    </Sheet>
  );
}
