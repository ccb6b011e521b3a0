import type { SupplierCredential } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { PeekedRow } from '../../app/list/peeked-row.tsx';
import type { RowAction } from '../../ui/list/column.ts';
import { SupplierGlyph } from '../../ui/supplier-glyph.tsx';
import { supplier as oneSupplier } from './api.ts';
import { SupplierDetails } from './supplier-details.tsx';
import type { SuppliersList } from './use-suppliers-list.ts';
import './suppliers.css';

interface PeekedSupplierProps {
  id: string;
  list: SuppliersList;
  actions: (row: SupplierCredential) => RowAction[];
  /** Something lies over the peek and takes the keys. */
  busy: boolean;
}

/** One credential beside the list. */
export function PeekedSupplier(props: PeekedSupplierProps) {
  const t = useTexts('suppliers');
  const texts = { title: t(($) => $.title), gone: t(($) => $.peek.gone), previous: t(($) => $.peek.previous), next: t(($) => $.peek.next) };
  return <PeekedRow {...props} one={oneSupplier(props.id)} texts={texts} trail={{ type: 'supplier_credential' }} heading={(row) => <Heading row={row} />}>{(row) => <SupplierDetails row={row} />}</PeekedRow>;
}

function Heading({ row }: { row: SupplierCredential }) {
  const t = useTexts('suppliers');
  return (
    <span className="suppliers-title">
      <SupplierGlyph supplier={row.provider} size={24} /> {row.name} {row.provider === 'demo' ? <span className="ui-tag">{t(($) => $.demo)}</span> : null}
    </span>
  );
}
