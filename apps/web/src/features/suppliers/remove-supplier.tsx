import type { TFunction } from 'i18next';
import type { SupplierCredential } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { useBasis } from '../../app/list/use-basis.ts';
import { ConfirmRemoval } from '../../ui/overlay/confirm-removal.tsx';
import { supplier, useRemoveSupplier } from './api.ts';
import { findDependents, placeFailure, type Dependents } from './failure.ts';
import { SupplierMeanwhile } from './supplier-meanwhile.tsx';

function name({ conversations, running_replies }: Dependents, t: TFunction<'suppliers'>): string[] {
  return [
    conversations > 0 ? t(($) => $.peek.conversations, { count: conversations }) : null,
    running_replies > 0 ? t(($) => $.peek.running, { count: running_replies }) : null,
  ].filter((line) => line !== null);
}

/** Deletes a credential: its name typed, its dependents named; detached from conversations only after the server has refused and named them. */
export function RemoveSupplier({ asked, onClose, onDone }: { asked: SupplierCredential; onClose: () => void; onDone: () => void }) {
  const t = useTexts('suppliers');
  const remove = useRemoveSupplier();
  const { basis: row, overtaken, overtake } = useBasis(asked, supplier(asked.id));
  const refused = findDependents(remove.error);
  const detach = refused !== null && refused.running_replies === 0;
  const error = refused ? (detach ? t(($) => $.remove.detach) : t(($) => $.remove.running)) : placeFailure(remove.error, t).banner;
  return (
    <ConfirmRemoval
      name={row.name}
      texts={{
        title: t(($) => $.remove.title, { name: row.name }),
        prompt: t(($) => $.remove.prompt, { name: row.name }),
        dependents: t(($) => $.remove.depends),
        confirm: detach ? t(($) => $.remove.submit_detach) : t(($) => $.remove.submit),
        cancel: t(($) => $.form.cancel),
      }}
      consequence={row.key_hint ? t(($) => $.remove.text) : undefined}
      dependents={name(refused ?? row.dependents, t)}
      pending={remove.isPending}
      error={error}
      onConfirm={() => remove.mutate({ id: row.id, version: row.version, detach }, { onSuccess: onDone, onError: (failure) => void overtake(failure) })}
      onCancel={onClose}
    >
      <SupplierMeanwhile overtaken={overtaken} />
    </ConfirmRemoval>
  );
}
