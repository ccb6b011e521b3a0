import { useState } from 'react';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { useUndo } from '../../ui/overlay/undo-toast.tsx';
import { useToggleSupplier } from './use-toggle-supplier.ts';

/** The row's switch with its words: five seconds to take it back, and the reason where it was refused. */
export function useSwitch() {
  const t = useTexts('suppliers');
  const { offer, toast } = useUndo();
  const [problem, setProblem] = useState<string | null>(null);
  const { toggle, busy } = useToggleSupplier({
    onDone: ({ name, enabled }, undo) => {
      setProblem(null);
      offer({ message: enabled ? t(($) => $.toggle.enabled, { name }) : t(($) => $.toggle.disabled, { name }), undoText: t(($) => $.toggle.undo), onUndo: undo });
    },
    onUndone: () => setProblem(null),
    onRefused: ({ name }, failure, stale) => setProblem(stale ? t(($) => $.toggle.stale, { name }) : t(($) => $.toggle.refused, { name, reason: failure.message })),
  });
  return { toggle, busy, toast, problem };
}
