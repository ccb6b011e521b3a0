import type { Budget } from '@lyss/api-types';
import { FormSheet } from '../../app/form/form-sheet.tsx';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { useCreateBudget, useUpdateBudget } from './api.ts';
import { BudgetForm } from './budget-form.tsx';
import { toCreateBody, toUpdateBody } from './draft.ts';

export function AddBudgetDrawer({ onClose }: { onClose: () => void }) {
  const t = useTexts('budgets');
  const create = useCreateBudget();
  return (
    <FormSheet title={t(($) => $.form.add)} onClose={onClose}>
      <BudgetForm row={null} pending={create.isPending} failure={create.error} onCancel={onClose} onSubmit={(draft) => create.mutate(toCreateBody(draft), { onSuccess: onClose })} />
    </FormSheet>
  );
}

/** What it is about and its period stay; another one of those is another budget. */
export function EditBudgetDrawer({ row, onClose }: { row: Budget; onClose: () => void }) {
  const t = useTexts('budgets');
  const update = useUpdateBudget();
  return (
    <FormSheet title={t(($) => $.form.edit, { name: row.name })} onClose={onClose}>
      <BudgetForm
        row={row}
        pending={update.isPending}
        failure={update.error}
        onCancel={onClose}
        onSubmit={(draft) => {
          const body = toUpdateBody(draft, row);
          if (Object.keys(body).length === 0) return onClose();
          update.mutate({ id: row.id, version: row.version, body }, { onSuccess: onClose });
        }}
      />
    </FormSheet>
  );
}
