import { useState } from 'react';
import type { Passkey } from '@lyss/api-types';
import { useTexts } from '../../../app/i18n/use-texts.ts';
import { ActionButton } from '../../../ui/action-button.tsx';
import { useRemovePasskey, useRenamePasskey, type Run } from './api.ts';
import { ConfirmRemove } from './confirm-remove.tsx';
import { FactorTimes } from './factor-times.tsx';
import { PasskeyNameDialog } from './passkey-name-dialog.tsx';
import '../security/security.css';

interface PasskeyListProps {
  passkeys: readonly Passkey[];
  mustStay: boolean;
  run: Run;
}

/** Each passkey by its name, whether it lives on one device, and when it was used. */
export function PasskeyList({ passkeys, mustStay, run }: PasskeyListProps) {
  const t = useTexts('profile');
  const [asked, ask] = useState<{ what: 'rename' | 'remove'; passkey: Passkey } | null>(null);
  const close = () => ask(null);
  return (
    <>
      <ul className="factor-passkeys" aria-label={t(($) => $.factors.passkeys.title)}>
        {passkeys.map((passkey) => (
          <li key={passkey.id}>
            <div>
              <p className="factor-name">{passkey.name}<span className="session-mark">{passkey.is_synced ? t(($) => $.factors.passkeys.synced) : t(($) => $.factors.passkeys.one_device)}</span></p>
              <div className="factor-line"><FactorTimes created_at={passkey.created_at} last_used_at={passkey.last_used_at} /></div>
            </div>
            <div className="factor-actions">
              <ActionButton size="small" aria-label={t(($) => $.factors.passkeys.rename_named, { name: passkey.name })} onClick={() => ask({ what: 'rename', passkey })}>{t(($) => $.factors.rename)}</ActionButton>
              <ActionButton size="small" disabled={mustStay} aria-label={t(($) => $.factors.passkeys.remove_named, { name: passkey.name })} onClick={() => ask({ what: 'remove', passkey })}>{t(($) => $.factors.remove)}</ActionButton>
            </div>
          </li>
        ))}
      </ul>
      {asked?.what === 'rename' ? <RenamePasskey passkey={asked.passkey} onClose={close} /> : null}
      {asked?.what === 'remove' ? <RemovePasskey passkey={asked.passkey} run={run} onClose={close} /> : null}
    </>
  );
}

function RenamePasskey({ passkey, onClose }: { passkey: Passkey; onClose: () => void }) {
  const t = useTexts('profile');
  const frame = useTexts('app');
  const rename = useRenamePasskey();
  return (
    <PasskeyNameDialog
      title={t(($) => $.factors.passkeys.rename_named, { name: passkey.name })}
      text={t(($) => $.factors.passkeys.rename_text)}
      submit={frame(($) => $.actions.save)}
      name={passkey.name}
      pending={rename.isPending}
      failure={rename.error}
      onSubmit={(name) => rename.mutate({ passkey, name }, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}

function RemovePasskey({ passkey, run, onClose }: { passkey: Passkey; run: Run; onClose: () => void }) {
  const t = useTexts('profile');
  const remove = useRemovePasskey(run);
  return <ConfirmRemove title={t(($) => $.factors.passkeys.remove_title, { name: passkey.name })} text={t(($) => $.factors.passkeys.remove_text)} pending={remove.isPending} failure={remove.error} onConfirm={() => remove.mutate(passkey.id, { onSuccess: onClose })} onClose={onClose} />;
}
