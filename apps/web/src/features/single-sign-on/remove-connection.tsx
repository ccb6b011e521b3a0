import { useState } from 'react';
import { Section } from '../../app/form/section.tsx';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Dialog } from '../../ui/overlay/dialog.tsx';
import { InlineError } from '../../ui/states/banner.tsx';
import { useRemove } from './api.ts';

/** Removes the connection once its issuer was read out. */
export function RemoveConnection({ issuer }: { issuer: string }) {
  const t = useTexts('single-sign-on');
  const [asking, setAsking] = useState(false);
  const remove = useRemove();
  const close = () => setAsking(false);
  const actions = (
    <>
      <ActionButton autoFocus onClick={close}>{t(($) => $.remove.cancel)}</ActionButton>
      <ActionButton look="danger" pending={remove.isPending} onClick={() => remove.mutate(undefined, { onSuccess: close })}>{t(($) => $.remove.confirm)}</ActionButton>
    </>
  );
  return (
    <div className="sso-end"><Section title={t(($) => $.remove.title)} line={t(($) => $.remove.text)}>
      <div><ActionButton look="danger" onClick={() => setAsking(true)}>{t(($) => $.remove.open)}</ActionButton></div>
      {asking ? (
        <Dialog role="alertdialog" title={t(($) => $.remove.title)} onClose={close} actions={actions}>
          <p className="ui-dialog-text"><code>{issuer}</code></p>
          <p className="ui-dialog-text">{t(($) => $.remove.text)}</p>
          <InlineError>{remove.error?.message}</InlineError>
        </Dialog>
      ) : null}
    </Section></div>
  );
}
