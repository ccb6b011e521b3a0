import { useTexts } from '../../../app/i18n/use-texts.ts';
import { TenantLogo, type ShownLogo } from '../../../app/tenant-logo.tsx';
import { ActionButton } from '../../../ui/action-button.tsx';
import { Dialog } from '../../../ui/overlay/dialog.tsx';
import { InlineError } from '../../../ui/states/banner.tsx';

interface RemoveLogoProps {
  name: string;
  logo: ShownLogo;
  pending: boolean;
  error: string | undefined;
  onConfirm: () => void;
  onCancel: () => void;
}

/** Asks before the logo goes, with whose it is and the picture itself. */
export function RemoveLogo({ name, logo, pending, error, onConfirm, onCancel }: RemoveLogoProps) {
  const t = useTexts('tenant-settings');
  const actions = (
    <>
      <ActionButton onClick={onCancel}>{t(($) => $.logo.cancel)}</ActionButton>
      <ActionButton look="danger" pending={pending} onClick={onConfirm}>{t(($) => $.logo.remove)}</ActionButton>
    </>
  );
  return (
    <Dialog title={t(($) => $.logo.remove_title, { name })} role="alertdialog" onClose={onCancel} actions={actions}>
      <p className="ui-dialog-text">{t(($) => $.logo.remove_text)}</p>
      <p className="logo-row"><TenantLogo name={name} logo={logo} /></p>
      <InlineError>{error}</InlineError>
    </Dialog>
  );
}
