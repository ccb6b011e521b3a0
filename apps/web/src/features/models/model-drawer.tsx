import type { TenantModel } from '@lyss/api-types';
import { FormSheet } from '../../app/form/form-sheet.tsx';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { useBasis } from '../../app/list/use-basis.ts';
import { oneModel, useUpdateModel } from './api.ts';
import { toUpdateBody } from './draft.ts';
import { ModelForm } from './model-form.tsx';

/** Names, audience and price of a model, upon the version it was opened with. */
export function ModelDrawer({ asked, onClose }: { asked: TenantModel; onClose: () => void }) {
  const t = useTexts('models');
  const update = useUpdateModel();
  const { basis: model, overtaken, overtake } = useBasis(asked, oneModel(asked.id));
  return (
    <FormSheet title={t(($) => $.form.edit, { name: model.display_name })} onClose={onClose}>
      <ModelForm
        model={model}
        overtaken={overtaken}
        pending={update.isPending}
        failure={update.error}
        onCancel={onClose}
        onSubmit={(draft) => {
          const body = toUpdateBody(draft, model);
          if (Object.keys(body).length === 0) return onClose();
          update.mutate({ id: model.id, version: model.version, body }, { onSuccess: onClose, onError: (failure) => void overtake(failure) });
        }}
      />
    </FormSheet>
  );
}
