import { useEffect, useRef } from 'react';
import type { SupplierCredential } from '@lyss/api-types';
import { TestSteps } from '../../app/connection/test-steps.tsx';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Dialog } from '../../ui/overlay/dialog.tsx';
import { InlineError } from '../../ui/states/banner.tsx';
import { useTestSaved } from './api.ts';
import { describeTrialFailure } from './failure.ts';

/** Tries a saved credential as soon as it is opened, and again on request. */
export function TestSaved({ row, onClose }: { row: SupplierCredential; onClose: () => void }) {
  const t = useTexts('suppliers');
  const { mutate, data, error, isPending } = useTestSaved();
  const started = useRef(false);
  useEffect(() => {
    if (started.current) return;
    started.current = true;
    mutate(row.id);
  }, [mutate, row.id]);
  const actions = (
    <>
      <ActionButton pending={isPending} onClick={() => mutate(row.id)}>{t(($) => $.test.again)}</ActionButton>
      <ActionButton look="primary" onClick={onClose}>{t(($) => $.test.close)}</ActionButton>
    </>
  );
  return (
    <Dialog title={t(($) => $.test.of, { name: row.name })} onClose={onClose} actions={actions}>
      <TestSteps test={isPending ? undefined : data} running={isPending} />
      <InlineError>{describeTrialFailure(error, t)}</InlineError>
    </Dialog>
  );
}
