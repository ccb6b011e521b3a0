import type { ReactNode } from 'react';
import type { SupplierCredential } from '@lyss/api-types';
import { FailureNote } from '../../app/connection/failure-note.tsx';
import { useLanguage, useTexts } from '../../app/i18n/use-texts.ts';
import { Time } from '../../app/list/time.tsx';
import { useCopyTexts } from '../../app/list/use-copy-texts.ts';
import { Copyable } from '../../ui/copyable.tsx';
import { Duration } from '../../ui/figure/figure.tsx';
import { Facts } from '../../ui/list/peek-panel.tsx';
import { LastDay } from './supplier-cells.tsx';
import { SupplierStatus } from './supplier-status.tsx';
import { useProviderName } from './use-provider-name.ts';
import './suppliers.css';

/** All there is to see of one credential, but for its key. */
export function SupplierDetails({ row }: { row: SupplierCredential }) {
  const t = useTexts('suppliers');
  return (
    <>
      {row.provider === 'demo' ? <p className="suppliers-note is-calm">{t(($) => $.demo_note)}</p> : null}
      {row.status === 'failing' ? <FailureNote kind={row.last_test?.kind ?? 'unknown'} /> : null}
      <SupplierFacts row={row} />
      <h3 className="suppliers-subhead">{t(($) => $.peek.models, { count: row.models.length })}</h3>
      <ul className="suppliers-names">{row.models.map((model) => <li key={model} className="mono">{model}</li>)}</ul>
    </>
  );
}

function SupplierFacts({ row }: { row: SupplierCredential }) {
  const t = useTexts('suppliers');
  const locale = useLanguage();
  const nameOf = useProviderName();
  const copy = useCopyTexts();
  const { last_test, dependents } = row;
  const key: [string, ReactNode][] = row.key_hint
    ? [
        [t(($) => $.column.key), <span key="hint" className="mono">{row.key_hint}</span>],
        [t(($) => $.peek.fingerprint), <span key="print" className="mono">{row.key_fingerprint}</span>],
        [t(($) => $.peek.key_changed), row.key_changed_at ? <Time key="key_changed_at" at={row.key_changed_at} /> : '–'],
      ]
    : [[t(($) => $.column.key), t(($) => $.no_key)]];
  return (
    <Facts
      facts={[
        [t(($) => $.column.status), <SupplierStatus key="status" row={row} brief />],
        [t(($) => $.column.provider), nameOf(row.provider)],
        [t(($) => $.column.enabled), row.enabled ? t(($) => $.filter.on) : t(($) => $.filter.off)],
        ...(row.provider === 'demo' ? [] : [[t(($) => $.form.base_url), <Copyable key="url" text={row.base_url} mono {...copy} />] as const]),
        ...key,
        [t(($) => $.column.last_test), last_test ? <span key="test"><Duration ms={last_test.latency_ms} locale={locale} /> · <Time at={last_test.at} /></span> : t(($) => $.never_tested)],
        [t(($) => $.column.last_24h), <LastDay key="day" row={row} full />],
        [t(($) => $.peek.dependents), <span key="used" className="suppliers-two"><span>{t(($) => $.peek.conversations, { count: dependents.conversations })}</span>{dependents.running_replies > 0 ? <span>{t(($) => $.peek.running, { count: dependents.running_replies })}</span> : null}</span>],
        [t(($) => $.peek.created), <Time key="created_at" at={row.created_at} />],
        [t(($) => $.peek.updated), <Time key="updated_at" at={row.updated_at} />],
        [t(($) => $.peek.id), <Copyable key="id" text={row.id} mono {...copy} />],
      ]}
    />
  );
}
