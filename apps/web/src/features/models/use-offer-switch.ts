import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { TenantModel } from '@lyss/api-types';
import { isStale } from '../../api/failure.ts';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { useUndo } from '../../ui/overlay/undo-toast.tsx';
import { placeModel, refetchModels, updateModel } from './api.ts';

/** The row's switch: seen at once, five seconds to take it back, rolled back with the reason where it was refused. One change of a row at a time. */
export function useOfferSwitch() {
  const t = useTexts('models');
  const client = useQueryClient();
  const { offer, toast } = useUndo();
  const changing = useRef(new Set<string>());
  const [busy, setBusy] = useState<ReadonlySet<string>>(new Set());
  const [problem, setProblem] = useState<string | null>(null);
  const mark = (id: string, isBusy: boolean) => {
    if (isBusy) changing.current.add(id);
    else changing.current.delete(id);
    setBusy(new Set(changing.current));
  };
  const change = async (row: TenantModel, offered: boolean, isUndo: boolean): Promise<void> => {
    if (changing.current.has(row.id)) return;
    mark(row.id, true);
    const name = row.display_name;
    await client.cancelQueries({ queryKey: ['tenant-models', 'list'] });
    placeModel(client, { ...row, offered });
    try {
      const saved = await updateModel({ id: row.id, version: row.version, body: { offered } });
      placeModel(client, { ...saved, last_used_at: row.last_used_at });
      setProblem(null);
      if (!isUndo) offer({ message: offered ? t(($) => $.toggle.on, { name }) : t(($) => $.toggle.off, { name }), undoText: t(($) => $.toggle.undo), onUndo: () => void change(saved, !offered, true) });
    } catch (failure) {
      placeModel(client, row);
      const reason = failure instanceof Error ? failure : new Error(String(failure));
      setProblem(isStale(reason) ? t(($) => $.toggle.stale, { name }) : t(($) => $.toggle.refused, { name, reason: reason.message }));
    } finally {
      mark(row.id, false);
      void refetchModels(client);
    }
  };
  return { toggle: (row: TenantModel, offered: boolean) => void change(row, offered, false), busy, toast, problem };
}
