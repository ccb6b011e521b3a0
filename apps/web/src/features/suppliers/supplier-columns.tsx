import { Switch } from 'antd';
import type { SupplierCredential } from '@lyss/api-types';
import { useLanguage, useTexts } from '../../app/i18n/use-texts.ts';
import { Time } from '../../app/list/time.tsx';
import { useCopyTexts } from '../../app/list/use-copy-texts.ts';
import { useCan } from '../../session/session-store.ts';
import { Duration } from '../../ui/figure/figure.tsx';
import type { ListColumn } from '../../ui/list/column.ts';
import { NameCell } from '../../ui/list/name-cell.tsx';
import { SupplierGlyph } from '../../ui/supplier-glyph.tsx';
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
    <NameCell
      name={row.name}
      id={row.provider === 'demo' ? row.provider : hostOf(row.base_url)}
      glyph={<SupplierGlyph supplier={row.provider} />}
      tag={row.provider === 'demo' ? t(($) => $.demo) : undefined}
      onOpen={() => open(row.id)}
      {...copy}
    />
  );
  const enabled = (row: Row) => (
    <Switch size="small" checked={row.enabled} disabled={!canWrite} aria-busy={busy.has(row.id)} aria-label={t(($) => $.toggle.label, { name: row.name })} onChange={(on) => toggle(row, on)} />
  );
  return [
    { key: 'name', title: t(($) => $.column.name), sortable: true, fixed: true, card: 'title', render: name },
    { key: 'provider', title: t(($) => $.column.provider), sortable: true, card: 'none', render: (row) => nameOf(row.provider) },
    { key: 'status', title: t(($) => $.column.status), render: (row) => <SupplierStatus row={row} /> },
    { key: 'key', title: t(($) => $.column.key), card: 'none', render: (row) => <KeyCell row={row} /> },
    { key: 'models', title: t(($) => $.column.models), figure: true, render: (row) => <span className="ui-figure">{t(($) => $.models_count, { count: row.models.length })}</span> },
    { key: 'last_test', title: t(($) => $.column.last_test), figure: true, render: (row) => <LastTest row={row} /> },
    { key: 'enabled', title: t(($) => $.column.enabled), card: 'aside', render: enabled },
  ];
}

function hostOf(base_url: string): string {
  return URL.parse(base_url)?.host ?? base_url;
}

function KeyCell({ row }: { row: Row }) {
  const t = useTexts('suppliers');
  if (row.key_hint === null) return <span className="suppliers-quiet">{t(($) => $.no_key)}</span>;
  return (
    <span className="suppliers-two">
      <span className="mono">{row.key_hint}</span>
      {row.key_changed_at ? <small><span className="visually-hidden">{t(($) => $.key_set)}</span> <Time at={row.key_changed_at} /></small> : null}
    </span>
  );
}

function LastTest({ row }: { row: Row }) {
  const t = useTexts('suppliers');
  const locale = useLanguage();
  if (row.last_test === null) return <span className="suppliers-quiet">{t(($) => $.never_tested)}</span>;
  return (
    <span className="suppliers-two">
      <Duration ms={row.last_test.latency_ms} locale={locale} />
      <small><Time at={row.last_test.at} /></small>
    </span>
  );
}
