import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import type { Model } from '@lyss/api-types';
import { useTexts } from '../../../app/i18n/use-texts.ts';
import { SupplierGlyph } from '../../../ui/supplier-glyph.tsx';
import { groupModels, type ModelGroup } from './choose-model.ts';
import { ModelOption } from './model-option.tsx';
import { supplierName } from '../../../app/supplier-name.ts';

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

interface OptionsProps {
  id: string;
  groups: readonly ModelGroup[];
  chosen: string | null;
  active: Model | undefined;
  optionId: (model: Model) => string;
  onChoose: (model: Model) => void;
}

function Options({ id, groups, chosen, active, optionId, onChoose }: OptionsProps) {
  const t = useTexts('chat');
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('.is-active')?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <div ref={list} id={id} role="listbox" aria-label={t(($) => $.models.choose)} className="chat-models-list">
      {groups.map(({ supplier, models }) => (
        <div key={supplier} role="group" aria-label={supplierName(supplier)}>
          <p className="chat-models-supplier" aria-hidden="true"><SupplierGlyph supplier={supplier} size={18} />{supplierName(supplier)}</p>
          {models.map((model) => <ModelOption key={model.name} model={model} id={optionId(model)} selected={model.name === chosen} active={model === active} onChoose={() => onChoose(model)} />)}
        </div>
      ))}
    </div>
  );
}

/** The models to choose from, by supplier, with a search that drives the list by arrow keys. */
export function ModelList({ models, chosen, onChoose, onClose }: ModelListProps) {
  const t = useTexts('chat');
  const id = useId();
  const [search, setSearch] = useState('');
  const groups = groupModels(models, search);
  const shown = groups.flatMap((group) => group.models);
  const { place, walk, restart } = useWalk(shown, chosen);
  const optionId = (model: Model) => `${id}-${shown.indexOf(model)}`;
  const active = shown[place];
  const choose = (model: Model | undefined) => {
    if (model?.available === true) onChoose(model);
  };
  const keys: Readonly<Record<string, () => void>> = { ArrowDown: () => walk(1), ArrowUp: () => walk(-1), Enter: () => choose(active), Escape: onClose };
  const onKeyDown = (event: KeyboardEvent) => {
    const act = event.nativeEvent.isComposing ? undefined : keys[event.key];
    if (act === undefined) return;
    act();
    event.preventDefault();
    event.stopPropagation();
  };
  const onSearch = (text: string) => {
    setSearch(text);
    restart();
  };
  const words = t(($) => $.models.search);
  const activeId = active === undefined ? undefined : optionId(active);
  return (
    <div className="chat-models">
      <input className="ui-field" role="combobox" aria-expanded="true" aria-controls={id} aria-activedescendant={activeId} aria-label={words} placeholder={words} value={search} data-autofocus onChange={(event) => onSearch(event.target.value)} onKeyDown={onKeyDown} />
      <Options id={id} groups={groups} chosen={chosen} active={active} optionId={optionId} onChoose={choose} />
      {shown.length === 0 ? <p className="chat-muted chat-models-none" role="status">{t(($) => $.models.nothing_found)}</p> : null}
    </div>
  );
}
