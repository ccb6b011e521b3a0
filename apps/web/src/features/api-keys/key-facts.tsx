import type { ReactNode } from 'react';
import type { ApiKey } from '@lyss/api-types';
import { useAccessWords } from '../../app/access/use-access-words.ts';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { Time } from '../../app/list/time.tsx';
import { useCopyTexts } from '../../app/list/use-copy-texts.ts';
import { Copyable } from '../../ui/copyable.tsx';
import { Facts } from '../../ui/list/peek-panel.tsx';
import { FoldedExamples } from './key-examples.tsx';
import { KeyStatus } from './key-status.tsx';
import './api-keys.css';

type Fact = readonly [label: string, value: ReactNode];
const Lines = ({ of, mono = false }: { of: readonly string[]; mono?: boolean }) => <ul className={mono ? 'api-keys-lines mono' : 'api-keys-lines'}>{of.map((line) => <li key={line}>{line}</li>)}</ul>;

/** All there is to see of one key, but for the key. */
export function KeyFacts({ row, owner }: { row: ApiKey; owner?: ReactNode }) {
  const t = useTexts('api-keys');
  const words = useAccessWords();
  const copy = useCopyTexts();
  const time = (label: string, at: string | null): Fact[] => (at ? [[label, <Time key={label} at={at} />]] : []);
  const facts: Fact[] = [
    [t(($) => $.peek.key), <span key="hint" className="mono">{row.hint}</span>],
    ...(owner ? [[t(($) => $.column.user), owner] as const] : []),
    [t(($) => $.column.status), <KeyStatus key="status" row={row} />],
    ...time(t(($) => $.peek.overlap), row.overlap_ends_at),
    [t(($) => $.column.scopes), <Lines key="scopes" of={row.scopes.map(words.permission)} />],
    [t(($) => $.peek.models), row.models ? <Lines key="models" of={row.models} mono /> : t(($) => $.peek.models_all)],
    [t(($) => $.peek.networks), row.allowed_networks.length > 0 ? <Lines key="networks" of={row.allowed_networks} mono /> : t(($) => $.peek.networks_all)],
    [t(($) => $.column.expires_at), row.expires_at ? <Time key="ends" at={row.expires_at} /> : t(($) => $.no_end)],
    [t(($) => $.column.last_used_at), row.last_used_at ? <Time key="used" at={row.last_used_at} /> : t(($) => $.never)],
    ...time(t(($) => $.peek.rotated), row.rotated_at),
    ...time(t(($) => $.peek.revoked), row.revoked_at),
    ...time(t(($) => $.column.created_at), row.created_at),
    ...time(t(($) => $.peek.updated), row.updated_at),
    [t(($) => $.peek.id), <Copyable key="id" text={row.id} mono {...copy} />],
  ];
  return (
    <>
      <Facts facts={facts} />
      {owner ? null : <FoldedExamples row={row} />}
    </>
  );
}
