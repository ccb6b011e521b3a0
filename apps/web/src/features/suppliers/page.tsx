import { useState } from 'react';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { useTitle } from '../../app/use-title.ts';
import { useCan } from '../../session/session-store.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { PageHeader } from '../../ui/list/page-header.tsx';
import { PeekedSupplier } from './peeked-supplier.tsx';
import { RemoveSupplier } from './remove-supplier.tsx';
import { RotateKey } from './rotate-key.tsx';
import { AddSupplierDrawer, EditSupplierDrawer } from './supplier-drawer.tsx';
import { SuppliersCard } from './suppliers-card.tsx';
import { TestSaved } from './test-saved.tsx';
import { useSupplierActions, type Asked } from './use-supplier-actions.ts';
import { useSuppliersList } from './use-suppliers-list.ts';
import { useSwitch } from './use-switch.ts';

export default function Page() {
  const t = useTexts('suppliers');
  useTitle(t(($) => $.title));
  const list = useSuppliersList();
  const canWrite = useCan('suppliers.write');
  const [asked, ask] = useState<Asked | null>(null);
  const switching = useSwitch();
  const actions = useSupplierActions(list.open, ask, switching.toggle);
  const { peek } = list.search;
  const add = canWrite ? () => list.open('new') : undefined;
  return (
    <>
      <PageHeader title={t(($) => $.title)} line={t(($) => $.lead)} action={add ? <ActionButton look="primary" onClick={add}>{t(($) => $.add)}</ActionButton> : undefined} />
      <SuppliersCard list={list} actions={actions} switching={switching} problem={switching.problem} onAdd={add} />
      {peek !== '' && peek !== 'new' ? <PeekedSupplier id={peek} list={list} actions={actions} busy={asked !== null} /> : null}
      {peek === 'new' && canWrite ? <AddSupplierDrawer onClose={() => list.open('')} onDone={({ id }) => list.open(id)} /> : null}
      {asked ? <Question {...asked} onClose={() => ask(null)} onRemoved={() => list.open('')} /> : null}
      {switching.toast}
    </>
  );
}

function Question({ what, row, onClose, onRemoved }: Asked & { onClose: () => void; onRemoved: () => void }) {
  switch (what) {
    case 'edit':
      return <EditSupplierDrawer asked={row} onClose={onClose} />;
    case 'rotate':
      return <RotateKey asked={row} onClose={onClose} />;
    case 'test':
      return <TestSaved row={row} onClose={onClose} />;
    case 'remove':
      return (
        <RemoveSupplier
          asked={row}
          onClose={onClose}
          onDone={() => {
            onClose();
            onRemoved();
          }}
        />
      );
  }
}
