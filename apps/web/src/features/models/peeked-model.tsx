import type { TenantModel } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { PeekedRow } from '../../app/list/peeked-row.tsx';
import type { RowAction } from '../../ui/list/column.ts';
import { SupplierGlyph } from '../../ui/supplier-glyph.tsx';
import { oneModel } from './api.ts';
import { ModelDetails } from './model-details.tsx';
import type { ModelsList } from './use-models-list.ts';
import './models.css';

interface PeekedModelProps {
  id: string;
  list: ModelsList;
  actions: (row: TenantModel) => RowAction[];
  /** Something lies over the peek and takes the keys. */
  busy: boolean;
}

/** One model beside the list. */
export function PeekedModel(props: PeekedModelProps) {
  const t = useTexts('models');
  const texts = { title: t(($) => $.title), gone: t(($) => $.peek.gone), previous: t(($) => $.peek.previous), next: t(($) => $.peek.next) };
  return <PeekedRow {...props} one={oneModel(props.id)} texts={texts} trail={{ type: 'model' }} heading={(row) => <Heading row={row} />}>{(row) => <ModelDetails row={row} />}</PeekedRow>;
}

function Heading({ row }: { row: TenantModel }) {
  const t = useTexts('models');
  return (
    <span className="models-title">
      <SupplierGlyph supplier={row.provider} size={24} /> {row.display_name} {row.demo ? <span className="ui-tag">{t(($) => $.demo)}</span> : null}
    </span>
  );
}
