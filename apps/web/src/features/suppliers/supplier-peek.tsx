import type { ReactNode } from 'react';
import type { SupplierCredential } from '@lyss/api-types';
import { useLanguage, useTexts } from '../../app/i18n/use-texts.ts';
import { Copyable } from '../../ui/copyable.tsx';
import { Duration } from '../../ui/figure/figure.tsx';
import { RelativeTime } from '../../ui/figure/relative-time.tsx';
import { Facts, PeekPanel } from '../../ui/list/peek-panel.tsx';
import { SkeletonText } from '../../ui/states/skeleton.tsx';
import { SupplierGlyph } from '../../ui/supplier-glyph.tsx';
import { FailureNote, SupplierStatus } from './supplier-status.tsx';
import { useProviderName } from './use-provider-name.ts';
import { useZone } from './use-zone.ts';

interface SupplierPeekProps {
  /** undefined: not there yet; null: there is none. */
  row: SupplierCredential | null | undefined;
  actions: ReactNode;
  onPrevious: (() => void) | undefined;
  onNext: (() => void) | undefined;
  onClose: () => void;
}

/** One credential beside the list. */
export function SupplierPeek({ row, actions, onPrevious, onNext, onClose }: SupplierPeekProps) {
  const t = useTexts('suppliers');
  const texts = { previous: t(($) => $.peek.previous), next: t(($) => $.peek.next), close: t(($) => $.peek.close) };
  const title = row ? <span className="suppliers-title"><SupplierGlyph supplier={row.provider} size={24} /> {row.name} {row.provider === 'demo' ? <span className="ui-tag">{t(($) => $.demo)}</span> : null}</span> : t(($) => $.title);
  return (
    <PeekPanel title={title} texts={texts} actions={row ? actions : undefined} onPrevious={onPrevious} onNext={onNext} onClose={onClose}>
      {row ? <Details row={row} /> : row === null ? <p>{t(($) => $.peek.gone)}</p> : <SkeletonText lines={8} />}
    </PeekPanel>
  );
}

function Details({ row }: { row: SupplierCredential }) {
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
  const zone = useZone();
  const nameOf = useProviderName();
  const copy = { copyText: t(($) => $.list.copy), copiedText: t(($) => $.list.copied) };
  const time = (at: string) => <RelativeTime at={at} locale={locale} zone={zone} />;
  const { last_test, dependents } = row;
  const key: [string, ReactNode][] = row.key_hint
    ? [
        [t(($) => $.column.key), <span key="hint" className="mono">{row.key_hint}</span>],
        [t(($) => $.peek.fingerprint), <span key="print" className="mono">{row.key_fingerprint}</span>],
        [t(($) => $.peek.key_changed), row.key_changed_at ? time(row.key_changed_at) : '–'],
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
        [t(($) => $.column.last_test), last_test ? <span key="test"><Duration ms={last_test.latency_ms} locale={locale} /> · {time(last_test.at)}</span> : t(($) => $.never_tested)],
        [t(($) => $.peek.dependents), <span key="used" className="suppliers-two"><span>{t(($) => $.peek.conversations, { count: dependents.conversations })}</span>{dependents.running_replies > 0 ? <span>{t(($) => $.peek.running, { count: dependents.running_replies })}</span> : null}</span>],
        [t(($) => $.peek.created), time(row.created_at)],
        [t(($) => $.peek.updated), time(row.updated_at)],
        [t(($) => $.peek.id), <Copyable key="id" text={row.id} mono {...copy} />],
      ]}
    />
  );
}
