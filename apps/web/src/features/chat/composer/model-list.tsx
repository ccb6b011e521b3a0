import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import type { Model } from '@lyss/api-types';
import { useTexts } from '../../../app/i18n/use-texts.ts';
import { SupplierGlyph } from '../../../ui/supplier-glyph.tsx';
import { groupModels } from './choose-model.ts';
import { ModelOption } from './model-option.tsx';
import { supplierName } from './supplier-name.ts';

interface ModelListProps {
  models: readonly Model[];
  chosen: string | null;
  onChoose: (model: Model) => void;
  onClose: () => void;
}

function useWalk(shown: readonly Model[], chosen: string | null) {
  const [active, setActive] = useState(() => Math.max(0, shown.findIndex((model) => model.name === chosen)));
  const place = Math.min(active, Math.max(0, shown.length - 1));
  const walk = (step: number) => setActive((place + step + shown.length) % Math.max(1, shown.length));
  return { place, walk, restart: () => setActive(0) };
}

/** The models to choose from, by supplier, with a search that drives the list by arrow keys. */
export function ModelList({ models, chosen, onChoose, onClose }: ModelListProps) {
  const t = useTexts('chat');
  const id = useId();
  const [search, setSearch] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const groups = groupModels(models, search);
  const shown = groups.flatMap((group) => group.models);
  const { place, walk, restart } = useWalk(shown, chosen);
  const optionId = (model: Model) => `${id}-${shown.indexOf(model)}`;
  const active = shown[place];
  useEffect(() => {
    list.current?.querySelector('.is-active')?.scrollIntoView({ block: 'nearest' });
  }, [place, search]);
  const choose = (model: Model | undefined) => {
    if (model?.available === true) onChoose(model);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) walk(step);
    else if (event.key === 'Enter') choose(active);
    else if (event.key === 'Escape') onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="chat-models">
      <input
        className="ui-field"
        role="combobox"
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={active === undefined ? undefined : optionId(active)}
        aria-label={t(($) => $.models.search)}
        placeholder={t(($) => $.models.search)}
        value={search}
        data-autofocus
        onChange={(event) => {
          setSearch(event.target.value);
          restart();
        }}
        onKeyDown={onKeyDown}
      />
      <div ref={list} id={id} role="listbox" aria-label={t(($) => $.models.choose)} className="chat-models-list">
        {groups.map((group) => (
          <div key={group.supplier} role="group" aria-label={supplierName(group.supplier)}>
            <p className="chat-models-supplier" aria-hidden="true"><SupplierGlyph supplier={group.supplier} size={18} />{supplierName(group.supplier)}</p>
            {group.models.map((model) => (
              <ModelOption key={model.name} model={model} id={optionId(model)} selected={model.name === chosen} active={model === active} onChoose={() => choose(model)} />
            ))}
          </div>
        ))}
      </div>
      {shown.length === 0 ? <p className="chat-muted chat-models-none" role="status">{t(($) => $.models.nothing_found)}</p> : null}
    </div>
  );
}
