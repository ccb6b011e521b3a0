import { useEffect, useRef } from 'react';
import type { ModelSync } from '@lyss/api-types';
import { FailureNote } from '../../app/connection/failure-note.tsx';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Dialog } from '../../ui/overlay/dialog.tsx';
import { InlineError } from '../../ui/states/banner.tsx';
import { SupplierGlyph } from '../../ui/supplier-glyph.tsx';
import { useSyncModels } from './api.ts';
import './models.css';

/** Asks the suppliers as soon as it is opened, and says what came and what went. */
export function SyncModels({ onClose }: { onClose: () => void }) {
  const t = useTexts('models');
  const { mutate, data, error, isPending } = useSyncModels();
  const started = useRef(false);
  useEffect(() => {
    if (started.current) return;
    started.current = true;
    mutate();
  }, [mutate]);
  return (
    <Dialog title={t(($) => $.sync.title)} onClose={onClose} actions={<ActionButton look="primary" pending={isPending} onClick={onClose}>{t(($) => $.sync.done)}</ActionButton>}>
      <div role="status" className="models-sync">
        {isPending ? <p>{t(($) => $.sync.running)}</p> : null}
        {data?.items.length === 0 ? <p>{t(($) => $.sync.none)}</p> : null}
        {data ? <ul>{data.items.map((result) => <Result key={result.credential.id} result={result} />)}</ul> : null}
      </div>
      <InlineError>{error?.message}</InlineError>
    </Dialog>
  );
}

function Result({ result: { credential, ok, kind, came, went, left_aside } }: { result: ModelSync }) {
  const t = useTexts('models');
  const same = ok && came.length + went.length + left_aside.length === 0;
  return (
    <li>
      <span className="models-title"><SupplierGlyph supplier={credential.provider} /> {credential.name}</span>
      {ok ? null : <FailureNote kind={kind ?? 'unknown'} />}
      {same ? <p className="models-unknown">{t(($) => $.sync.same)}</p> : null}
      <Names label={t(($) => $.sync.came)} names={came} />
      <Names label={t(($) => $.sync.went)} names={went} />
      <Names label={t(($) => $.sync.aside)} names={left_aside} />
    </li>
  );
}

function Names({ label, names }: { label: string; names: readonly string[] }) {
  if (names.length === 0) return null;
  return <p><small className="models-unknown">{label}</small> <span className="mono">{names.join(' · ')}</span></p>;
}
