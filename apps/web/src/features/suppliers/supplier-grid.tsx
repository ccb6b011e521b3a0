import { useQuery } from '@tanstack/react-query';
import type { CatalogueSupplier } from '@lyss/api-types';
import { useLanguage, useTexts } from '../../app/i18n/use-texts.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { SkeletonForm, Waiting } from '../../ui/states/skeleton.tsx';
import { InlineError } from '../../ui/states/banner.tsx';
import { SupplierGlyph } from '../../ui/supplier-glyph.tsx';
import { availableSuppliers } from './api.ts';
import './suppliers.css';

interface SupplierGridProps {
  /** Chosen before: the focus comes back to it. */
  chosen: CatalogueSupplier | null;
  onChoose: (kind: CatalogueSupplier) => void;
}

/** Whose key it is: the first step of adding one. */
export function SupplierGrid({ chosen, onChoose }: SupplierGridProps) {
  const t = useTexts('suppliers');
  const frame = useTexts('app');
  const { data, error, isPending, refetch } = useQuery(availableSuppliers);
  return (
    <section className="form-sheet">
      <p className="suppliers-quiet">{t(($) => $.form.choose_lead)}</p>
      {error ? <div><InlineError>{error.message}</InlineError><ActionButton onClick={() => void refetch()}>{frame(($) => $.actions.retry)}</ActionButton></div> : null}
      <Waiting waiting={isPending} label={t(($) => $.list.loading)} skeleton={<SkeletonForm fields={5} />}>
        <ul className="suppliers-grid">
          {data?.items.map((kind, at) => <li key={kind.provider}><Choice kind={kind} first={chosen ? kind.provider === chosen.provider : at === 0} onChoose={onChoose} /></li>)}
        </ul>
      </Waiting>
    </section>
  );
}

function Choice({ kind, first, onChoose }: { kind: CatalogueSupplier; first: boolean; onChoose: (kind: CatalogueSupplier) => void }) {
  const t = useTexts('suppliers');
  const locale = useLanguage();
  const line = kind.models_count > 0 ? t(($) => $.known_models, { count: kind.models_count }) : t(($) => $.any_model);
  return (
    // The choices may come after the drawer has opened, when its cross has the focus.
    <button type="button" className="suppliers-choice" autoFocus={first} onClick={() => onChoose(kind)}>
      <SupplierGlyph supplier={kind.provider} size={32} />
      <span className="suppliers-two">
        <span>{kind.name[locale]}</span>
        <small>{kind.demo ? t(($) => $.demo_line) : line}</small>
      </span>
    </button>
  );
}
