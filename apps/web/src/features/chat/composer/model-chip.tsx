import { Popover } from 'antd';
import { useRef, useState } from 'react';
import type { Model } from '@lyss/api-types';
import { useTexts } from '../../../app/i18n/use-texts.ts';
import { ChevronDownIcon } from '../../../ui/icons.tsx';
import { insidePage } from './inside-page.ts';
import { ModelList } from './model-list.tsx';

interface ModelChipProps {
  models: readonly Model[];
  chosen: Model | null;
  onChoose: (model: Model) => void;
}

/** Which model answers next, and the way to another one. */
export function ModelChip({ models, chosen, onChoose }: ModelChipProps) {
  const t = useTexts('chat');
  const [open, setOpen] = useState(false);
  const chip = useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpen(false);
    chip.current?.focus();
  };
  const choose = (model: Model) => {
    onChoose(model);
    close();
  };
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement="topLeft"
      arrow={false}
      destroyOnHidden
      getPopupContainer={insidePage}
      content={<ModelList models={models} chosen={chosen?.name ?? null} onChoose={choose} onClose={close} />}
    >
      <button
        ref={chip}
        type="button"
        className="chat-chip"
        aria-haspopup="listbox"
        aria-expanded={open}
        aria-label={chosen === null ? t(($) => $.models.choose) : t(($) => $.models.current, { model: chosen.display_name })}
      >
        <span className="chat-chip-name">{chosen?.display_name ?? t(($) => $.models.none)}</span>
        {chosen?.demo === true ? <span className="chat-badge">{t(($) => $.messages.demo)}</span> : null}
        <ChevronDownIcon size={13} />
      </button>
    </Popover>
  );
}
