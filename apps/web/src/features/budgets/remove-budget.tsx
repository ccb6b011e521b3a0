import type { Budget } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { ConfirmRemoval } from '../../ui/overlay/confirm-removal.tsx';
import { useRemoveBudget } from './api.ts';
import { describeFailure } from './place-failure.ts';

/** Deletes a budget, its name typed: from then on nothing of what it was about is limited by it. */
export function RemoveBudget({ row, onClose, onDone }: { row: Budget; onClose: () => void; onDone: () => void }) {
  const t = useTexts('budgets');
  const remove = useRemoveBudget(onDone);
  const { name, id, version } = row;
  return (
    <ConfirmRemoval
      name={name}
      texts={{ title: t(($) => $.remove.title, { name }), prompt: t(($) => $.remove.prompt, { name }), dependents: '', confirm: t(($) => $.remove.submit), cancel: t(($) => $.form.cancel) }}
      consequence={t(($) => $.remove.text)}
      pending={remove.isPending}
      error={describeFailure(remove.error, t)}
      onConfirm={() => remove.mutate({ id, version })}
      onCancel={onClose}
    />
  );
}
