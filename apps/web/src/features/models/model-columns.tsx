import { Switch } from 'antd';
import type { TenantModel } from '@lyss/api-types';
import { useAccessWords } from '../../app/access/use-access-words.ts';
import { useLanguage, useTexts } from '../../app/i18n/use-texts.ts';
import { Time } from '../../app/list/time.tsx';
import { useCopyTexts } from '../../app/list/use-copy-texts.ts';
import { useCan } from '../../session/session-store.ts';
import { Figure } from '../../ui/figure/figure.tsx';
import type { ListColumn } from '../../ui/list/column.ts';
import { NameCell } from '../../ui/list/name-cell.tsx';
import { SupplierGlyph } from '../../ui/supplier-glyph.tsx';
import { PriceCell } from './price-text.tsx';
import { useSuppliers } from './use-supplier-name.ts';
import './models.css';

interface Switching {
  toggle: (row: TenantModel, offered: boolean) => void;
  busy: ReadonlySet<string>;
}

/** To whom a model is offered, in words. */
export function useAudience(): (row: TenantModel) => string {
  const t = useTexts('models');
  const words = useAccessWords();
  return ({ roles }) => (roles === null ? t(($) => $.everyone) : roles.length === 0 ? t(($) => $.nobody) : roles.map(words.role).join(' · '));
}

/** What a model looks like in the list. */
export function useModelColumns(open: (id: string) => void, { toggle, busy }: Switching): ListColumn<TenantModel>[] {
  const t = useTexts('models');
  const locale = useLanguage();
  const copy = useCopyTexts();
  const audience = useAudience();
  const { nameOf } = useSuppliers();
  const canWrite = useCan('models.write');
  const name = (row: TenantModel) => (
    <span className="models-name">
      <NameCell name={row.display_name} id={row.name} glyph={<SupplierGlyph supplier={row.provider} />} tag={row.demo ? t(($) => $.demo) : undefined} onOpen={() => open(row.id)} {...copy} />
    </span>
  );
  const offered = (row: TenantModel) => (
    <Switch size="small" checked={row.offered} disabled={!canWrite} aria-busy={busy.has(row.id)} aria-label={t(($) => $.toggle.label, { name: row.display_name })} onChange={(on) => toggle(row, on)} />
  );
  const price = (side: 'input' | 'output') => (row: TenantModel) => <PriceCell price={row.price} side={side} own={row.price_source === 'own'} />;
  return [
    { key: 'name', title: t(($) => $.column.name), sortable: true, fixed: true, card: 'title', render: name },
    { key: 'provider', title: t(($) => $.column.provider), sortable: true, card: 'none', render: (row) => nameOf(row.provider) },
    { key: 'roles', title: t(($) => $.column.roles), named: true, render: (row) => <span className="models-audience">{audience(row)}</span> },
    { key: 'context_window', title: t(($) => $.column.context_window), sortable: true, figure: true, named: true, render: (row) => <Figure value={row.context_window} locale={locale} /> },
    { key: 'input_price', title: t(($) => $.column.input_price), sortable: true, figure: true, named: true, render: price('input') },
    { key: 'output_price', title: t(($) => $.column.output_price), sortable: true, figure: true, named: true, render: price('output') },
    { key: 'last_used_at', title: t(($) => $.column.last_used_at), figure: true, named: true, render: (row) => (row.last_used_at ? <Time at={row.last_used_at} /> : <span className="models-unknown">{t(($) => $.never)}</span>) },
    { key: 'offered', title: t(($) => $.column.offered), card: 'aside', render: offered },
  ];
}
