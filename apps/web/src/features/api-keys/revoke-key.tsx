import { useState } from 'react';
import type { ApiKey, PersonsApiKey } from '@lyss/api-types';
import { TextField } from '../../app/form/field.tsx';
import { useLanguage, useTexts } from '../../app/i18n/use-texts.ts';
import { useZone } from '../../session/use-zone.ts';
import { formatExact } from '../../ui/figure/format-time.ts';
import { ConfirmRemoval } from '../../ui/overlay/confirm-removal.tsx';
import { useRemoveKey, useRevokeKey } from './api.ts';
import { describeFailure } from './place-failure.ts';
import './api-keys.css';

const REASON_LENGTH = 200;

function useRevokeTexts(row: ApiKey) {
  const t = useTexts('api-keys');
  const locale = useLanguage();
  const zone = useZone();
  const { name, last_used_at } = row;
  const used = last_used_at ? formatExact(new Date(last_used_at), locale, zone) : t(($) => $.never);
  return {
    texts: { title: t(($) => $.revoke.title, { name }), prompt: t(($) => $.revoke.prompt, { name }), dependents: '', confirm: t(($) => $.revoke.submit), cancel: t(($) => $.form.cancel) },
    consequence: <>{t(($) => $.revoke.text)}<br />{t(($) => $.revoke.used, { time: used })}</>,
  };
}

/** Ends a key of mine: its name typed, and when it was last used said. */
export function RevokeOwnKey({ row, onClose }: { row: ApiKey; onClose: () => void }) {
  const t = useTexts('api-keys');
  const remove = useRemoveKey();
  return (
    <ConfirmRemoval
      name={row.name}
      {...useRevokeTexts(row)}
      pending={remove.isPending}
      error={describeFailure(remove.error, t)}
      onConfirm={() => remove.mutate({ id: row.id, version: row.version }, { onSuccess: onClose })}
      onCancel={onClose}
    />
  );
}

/** Ends anybody's key: with a reason besides, which the audit keeps. */
export function RevokeKey({ row, onClose }: { row: PersonsApiKey; onClose: () => void }) {
  const t = useTexts('api-keys');
  const revoke = useRevokeKey();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const { texts, consequence } = useRevokeTexts(row);
  const missing = reason.trim() === '';
  const confirm = () => {
    setTried(true);
    if (!missing) revoke.mutate({ id: row.id, version: row.version, reason: reason.trim() }, { onSuccess: onClose });
  };
  return (
    <ConfirmRemoval
      name={row.name}
      texts={texts}
      consequence={consequence}
      pending={revoke.isPending}
      error={describeFailure(revoke.error, t)}
      onConfirm={confirm}
      onCancel={onClose}
    >
      <div className="api-keys-reason">
        <TextField label={t(($) => $.revoke.reason)} value={reason} hint={t(($) => $.revoke.reason_hint)} error={tried && missing ? t(($) => $.revoke.reason_required) : undefined} autoComplete="off" maxLength={REASON_LENGTH} onValue={setReason} />
      </div>
    </ConfirmRemoval>
  );
}
