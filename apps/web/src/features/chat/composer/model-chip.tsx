import type { Model } from '@lyss/api-types';
import { useTexts } from '../../../app/i18n/use-texts.ts';
import { ChevronDownIcon } from '../../../ui/icons.tsx';
import { FloatingPanel } from '../../../ui/floating/floating-panel.tsx';
import { useFloating } from '../../../ui/floating/use-floating.ts';
import { ModelList } from './model-list.tsx';

interface ModelChipProps {
  models: readonly Model[];
  /** The models are not known yet. */
  loading: boolean;
  chosen: Model | null;
  onChoose: (model: Model) => void;
}

/** Which model answers next, and the way to another one. */
export function ModelChip({ models, loading, chosen, onChoose }: ModelChipProps) {
  const t = useTexts('chat');
  const { trigger, open, close, triggerProps } = useFloating<HTMLButtonElement>();
  const choose = (model: Model) => {
    onChoose(model);
    close();
  };
  return (
    <>
      <button
        ref={trigger}
        type="button"
        className="chat-chip"
        aria-haspopup="listbox"
        aria-label={chosen === null ? t(($) => $.models.choose) : t(($) => $.models.current, { model: chosen.display_name })}
        {...triggerProps}
      >
        <span className="chat-chip-name">{chosen?.display_name ?? (loading ? t(($) => $.models.loading) : t(($) => $.models.none))}</span>
        {chosen?.demo === true ? <span className="chat-badge">{t(($) => $.messages.demo)}</span> : null}
        <ChevronDownIcon size={13} />
      </button>
      {open ? (
        <FloatingPanel trigger={trigger} placement="above-start" onClose={close}>
          <ModelList models={models} chosen={chosen?.name ?? null} onChoose={choose} onClose={close} />
        </FloatingPanel>
      ) : null}
    </>
  );
}
