import { useTexts } from '../../../app/i18n/use-texts.ts';
import { ActionButton } from '../../../ui/action-button.tsx';
import { Dialog } from '../../../ui/overlay/dialog.tsx';
import { InlineError } from '../../../ui/states/banner.tsx';
import { useAllowPasswords, useDecide, type DomainRow } from '../api.ts';

export type Decision = 'approve' | 'refuse' | 'revoke' | 'passwords';

/** Asks before something is decided, by the domain's name or the tenant's, and says what it means. A refusal stays in it. */
export function ConfirmDecision({ decision, row, onClose }: { decision: Decision; row: DomainRow; onClose: () => void }) {
  const t = useTexts('single-sign-on');
  const [decide, allow] = [useDecide(), useAllowPasswords()];
  const { id, domain, tenant, sso_only } = row;
  const names = { domain, name: tenant.name, workspace: tenant.workspace };
  const confirm = () => (decision === 'passwords' ? allow.mutate(tenant.id, { onSuccess: onClose }) : decide.mutate({ id, state: decision === 'approve' ? 'approved' : 'refused' }, { onSuccess: onClose }));
  const actions = (
    <>
      <ActionButton autoFocus onClick={onClose}>{t(($) => $.remove.cancel)}</ActionButton>
      <ActionButton look={decision === 'refuse' || decision === 'revoke' ? 'danger' : 'primary'} pending={decide.isPending || allow.isPending} onClick={confirm}>{t(($) => $.decide[decision].submit, { ...names })}</ActionButton>
    </>
  );
  return (
    <Dialog role="alertdialog" title={t(($) => $.decide[decision].title, { ...names })} onClose={onClose} actions={actions}>
      <p className="ui-dialog-text">{t(($) => $.decide[decision].text, { ...names })}</p>
      {decision === 'revoke' && sso_only ? <p className="ui-dialog-text">{t(($) => $.decide.shut, { name: tenant.name })}</p> : null}
      <InlineError>{(decide.error ?? allow.error)?.message}</InlineError>
    </Dialog>
  );
}
