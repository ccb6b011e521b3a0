import { Switch } from 'antd';
import type { SupplierCredential } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { useCopyTexts } from '../../app/list/use-copy-texts.ts';
import { useCan } from '../../session/session-store.ts';
import type { ListColumn } from '../../ui/list/column.ts';
import { NameCell } from '../../ui/list/name-cell.tsx';
import { SupplierGlyph } from '../../ui/supplier-glyph.tsx';
import { KeyCell, Labelled, LastDay, LastTest } from './supplier-cells.tsx';
import { SupplierStatus } from './supplier-status.tsx';
import { useProviderName } from './use-provider-name.ts';

type Row = SupplierCredential;
interface Switching {
  toggle: (row: Row, enabled: boolean) => void;
  busy: ReadonlySet<string>;
}

/** What a credential looks like in the list. */
export function useSupplierColumns(open: (id: string) => void, { toggle, busy }: Switching): ListColumn<Row>[] {
  const t = useTexts('suppliers');
  const copy = useCopyTexts();
  const nameOf = useProviderName();
  const canWrite = useCan('suppliers.write');
  const name = (row: Row) => (
    <span className="suppliers-name">
      <NameCell
        name={row.name}
        id={row.provider === 'demo' ? row.provider : hostOf(row.base_url)}
        glyph={<SupplierGlyph supplier={row.provider} />}
        tag={row.provider === 'demo' ? t(($) => $.demo) : undefined}
        onOpen={() => open(row.id)}
        {...copy}
      />
    </span>
  );
  const enabled = (row: Row) => (
    <Switch size="small" checked={row.enabled} disabled={!canWrite} aria-busy={busy.has(row.id)} aria-label={t(($) => $.toggle.label, { name: row.name })} onChange={(on) => toggle(row, on)} />
  );
  return [
    { key: 'name', title: t(($) => $.column.name), sortable: true, fixed: true, card: 'title', render: name },
    { key: 'provider', title: t(($) => $.column.provider), sortable: true, card: 'none', render: (row) => nameOf(row.provider) },
    { key: 'status', title: t(($) => $.column.status), render: (row) => <SupplierStatus row={row} /> },
    { key: 'last_24h', title: t(($) => $.column.last_24h), figure: true, render: (row) => <Labelled label={t(($) => $.column.last_24h)}><LastDay row={row} /></Labelled> },
    { key: 'key', title: t(($) => $.column.key), render: (row) => <Labelled label={t(($) => $.column.key)}><KeyCell row={row} /></Labelled> },
    { key: 'models', title: t(($) => $.column.models), figure: true, render: (row) => <span className="ui-figure">{t(($) => $.models_count, { count: row.models.length })}</span> },
    { key: 'last_test', title: t(($) => $.column.last_test), figure: true, render: (row) => <Labelled label={t(($) => $.column.last_test)}><LastTest row={row} /></Labelled> },
    { key: 'enabled', title: t(($) => $.column.enabled), card: 'aside', render: enabled },
  ];
}

function hostOf(base_url: string): string {
  return URL.parse(base_url)?.host ?? base_url;
}
