import { useTexts } from '../../../app/i18n/use-texts.ts';
import { useAddPasskey, type Run } from './api.ts';
import { PasskeyNameDialog } from './passkey-name-dialog.tsx';
import { readDevice } from './read-device.ts';

/** A name for this device's passkey, in the words of the list of sessions. */
function useDeviceName(): string {
  const t = useTexts('profile');
  const { client, system } = readDevice(navigator.userAgent);
  if (client && system) return t(($) => $.security.device, { client, system });
  return client ?? system ?? t(($) => $.factors.passkeys.unnamed);
}

/** Names a new passkey, then lets the browser make it. */
export function AddPasskey({ run, onDone, onClose }: { run: Run; onDone: (codes: string[] | null) => void; onClose: () => void }) {
  const t = useTexts('profile');
  const add = useAddPasskey(run);
  return (
    <PasskeyNameDialog
      title={t(($) => $.factors.passkeys.add_title)}
      text={t(($) => $.factors.passkeys.add_text)}
      submit={t(($) => $.factors.passkeys.create)}
      name={useDeviceName()}
      pending={add.isPending}
      failure={add.error}
      onSubmit={(name) => add.mutate(name, { onSuccess: ({ recovery_codes }) => onDone(recovery_codes) })}
      onClose={onClose}
    />
  );
}
