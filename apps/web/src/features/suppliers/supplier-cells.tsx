import type { ReactNode } from 'react';
import type { SupplierCredential } from '@lyss/api-types';
import { useLanguage, useTexts } from '../../app/i18n/use-texts.ts';
import { Time } from '../../app/list/time.tsx';
import { Duration } from '../../ui/figure/figure.tsx';
import './suppliers.css';

type Row = SupplierCredential;

/** A value with its name before it where no column head names it: on a phone's card. The ear has that name already. */
export function Labelled({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <span className="suppliers-card-label" aria-hidden="true">{label}</span>
      {children}
    </>
  );
}

/** How it did in the last 24 hours: how often it was called, how often in vain, and how long one waited; `full` says what that wait is. */
export function LastDay({ row: { last_24h }, full = false }: { row: Row; full?: boolean }) {
  const t = useTexts('suppliers');
  const locale = useLanguage();
  const { answered, failed, first_token_ms } = last_24h;
  if (answered + failed === 0) return <span className="suppliers-quiet">{t(($) => $.day.none)}</span>;
  return (
    <span className="suppliers-two">
      <span className="ui-figure">{t(($) => $.day.calls, { count: answered + failed })}</span>
      <small>
        {failed > 0 ? <span className="suppliers-bad">{t(($) => $.day.failed, { count: failed })}</span> : null}
        {failed > 0 && first_token_ms !== null ? ' · ' : null}
        {first_token_ms === null ? null : <span title={t(($) => $.day.first_token)}>{full ? `${t(($) => $.day.first_token)} ` : null}<Duration ms={first_token_ms} locale={locale} /></span>}
      </small>
    </span>
  );
}

/** What a key is known by, and since when it serves. */
export function KeyCell({ row }: { row: Row }) {
  const t = useTexts('suppliers');
  if (row.key_hint === null) return <span className="suppliers-quiet">{t(($) => $.no_key)}</span>;
  return (
    <span className="suppliers-two">
      <span className="mono">{row.key_hint}</span>
      {row.key_changed_at ? <small><span className="visually-hidden">{t(($) => $.key_set)}</span> <Time at={row.key_changed_at} /></small> : null}
    </span>
  );
}

/** How long the last test took, and when it was. */
export function LastTest({ row }: { row: Row }) {
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
