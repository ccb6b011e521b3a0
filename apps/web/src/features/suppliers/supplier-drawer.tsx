import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CatalogueSupplier, SupplierCredential } from '@lyss/api-types';
import { FormSheet } from '../../app/form/form-sheet.tsx';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { useBasis } from '../../app/list/use-basis.ts';
import { SkeletonForm } from '../../ui/states/skeleton.tsx';
import { availableSuppliers, supplier } from './api.ts';
import { CredentialForm } from './credential-form.tsx';
import { SupplierGrid } from './supplier-grid.tsx';

/** Whose key, then the key. */
export function AddSupplierDrawer({ onClose, onDone }: { onClose: () => void; onDone: (row: SupplierCredential) => void }) {
  const t = useTexts('suppliers');
  const [kind, setKind] = useState<CatalogueSupplier | null>(null);
  const [last, setLast] = useState<CatalogueSupplier | null>(null);
  const choose = (chosen: CatalogueSupplier) => {
    setKind(chosen);
    setLast(chosen);
  };
  return (
    <FormSheet title={kind ? t(($) => $.form.add) : t(($) => $.form.choose)} onClose={onClose}>
      {kind ? <CredentialForm key={kind.provider} kind={kind} saved={null} onDone={onDone} onCancel={onClose} onChangeKind={() => setKind(null)} /> : <SupplierGrid chosen={last} onChoose={choose} />}
    </FormSheet>
  );
}

/** A saved credential's form, upon the version it was opened with. */
export function EditSupplierDrawer({ asked, onClose }: { asked: SupplierCredential; onClose: () => void }) {
  const t = useTexts('suppliers');
  const { data } = useQuery(availableSuppliers);
  const { basis: row, overtaken, overtake } = useBasis(asked, supplier(asked.id));
  const kind = data?.items.find(({ provider }) => provider === row.provider);
  return (
    <FormSheet title={t(($) => $.form.edit, { name: row.name })} onClose={onClose}>
      {kind ? <CredentialForm kind={kind} saved={row} overtaken={overtaken} onRefused={overtake} onDone={onClose} onCancel={onClose} /> : <SkeletonForm />}
    </FormSheet>
  );
}
