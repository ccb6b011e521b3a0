import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { TenantModel } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { ListView } from '../../app/list/list-view.tsx';
import { useTitle } from '../../app/use-title.ts';
import { useCan } from '../../session/session-store.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import type { RowAction } from '../../ui/list/column.ts';
import { PageHeader } from '../../ui/list/page-header.tsx';
import { exchangeRates } from './api.ts';
import { useModelColumns } from './model-columns.tsx';
import { ModelDrawer } from './model-drawer.tsx';
import { ModelFilters } from './model-filters.tsx';
import { PeekedModel } from './peeked-model.tsx';
import { RatesDrawer } from './rates-drawer.tsx';
import { SyncModels } from './sync-models.tsx';
import { useModelsList, type ModelsList } from './use-models-list.ts';
import { useOfferSwitch } from './use-offer-switch.ts';
import './models.css';

type Asked = { what: 'edit'; row: TenantModel } | { what: 'rates' } | { what: 'sync' };

export default function Page() {
  const t = useTexts('models');
  useTitle(t(($) => $.title));
  const list = useModelsList();
  const canWrite = useCan('models.write');
  const [asked, ask] = useState<Asked | null>(null);
  const switching = useOfferSwitch();
  const actions = (row: TenantModel): RowAction[] => {
    const show: RowAction = { key: 'open', label: t(($) => $.menu.open), onSelect: () => list.open(row.id) };
    const onOff: RowAction = { key: 'toggle', label: row.offered ? t(($) => $.menu.withdraw) : t(($) => $.menu.offer), onSelect: () => switching.toggle(row, !row.offered) };
    return canWrite ? [show, { key: 'edit', label: t(($) => $.menu.edit), onSelect: () => ask({ what: 'edit', row }) }, onOff] : [show];
  };
  const { peek } = list.search;
  const close = () => ask(null);
  return (
    <>
      <PageHeader title={t(($) => $.title)} line={t(($) => $.lead)} action={<HeaderActions onAsk={ask} canWrite={canWrite} />} />
      <ModelsCard list={list} actions={actions} switching={switching} />
      <MissingRate />
      {peek === '' ? null : <PeekedModel id={peek} list={list} actions={actions} busy={asked !== null} />}
      {asked?.what === 'edit' ? <ModelDrawer asked={asked.row} onClose={close} /> : null}
      {asked?.what === 'rates' ? <RatesDrawer onClose={close} /> : null}
      {asked?.what === 'sync' ? <SyncModels onClose={close} /> : null}
      {switching.toast}
    </>
  );
}

function HeaderActions({ onAsk, canWrite }: { onAsk: (asked: Asked) => void; canWrite: boolean }) {
  const t = useTexts('models');
  return (
    <div className="models-actions">
      <ActionButton onClick={() => onAsk({ what: 'rates' })}>{t(($) => $.rates.open)}</ActionButton>
      {canWrite ? <ActionButton look="primary" onClick={() => onAsk({ what: 'sync' })}>{t(($) => $.sync.open)}</ActionButton> : null}
    </div>
  );
}

/** Said where it matters, below the rows so that it moves none of them: without a rate nobody knows what the catalogue's models cost here. */
function MissingRate() {
  const t = useTexts('models');
  const { data } = useQuery(exchangeRates);
  return <div role="status" className="models-missing">{data?.is_needed && data.rate === null ? <p className="models-note">{t(($) => $.unpriced_rate, { currency: data.to })}</p> : null}</div>;
}

/** The list itself, in each of its states. */
function ModelsCard({ list, actions, switching }: { list: ModelsList; actions: (row: TenantModel) => RowAction[]; switching: ReturnType<typeof useOfferSwitch> }) {
  const t = useTexts('models');
  return (
    <ListView<TenantModel>
      name="models"
      list={list}
      columns={useModelColumns(list.open, switching)}
      actions={actions}
      texts={t(($) => $.list, { returnObjects: true })}
      title={t(($) => $.title)}
      filters={<ModelFilters list={list} />}
      count={list.total === undefined ? null : t(($) => $.total, { count: list.total })}
      position={t(($) => $.position, { count: list.rows?.length ?? 0 })}
      problem={switching.problem}
      add={undefined}
    />
  );
}
