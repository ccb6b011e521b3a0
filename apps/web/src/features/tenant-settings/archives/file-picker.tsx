import { useEffect, useRef, useState } from 'react';
import type { TenantImport } from '@lyss/api-types';
import { FILE_MOST_BYTES } from '@lyss/api-types/import-sizes';
import { useTexts } from '../../../app/i18n/use-texts.ts';
import { ActionButton } from '../../../ui/action-button.tsx';
import { ProgressBar } from '../../../ui/progress-bar.tsx';
import { InlineError } from '../../../ui/states/banner.tsx';
import { useSendArchive } from './api.ts';

const MIB = 1024 * 1024;

/** Chooses an archive and sends it; the same file again goes on where a broken upload stopped. */
export function FilePicker({ begun }: { begun: TenantImport | undefined }) {
  const t = useTexts('tenant-settings');
  const picker = useRef<HTMLInputElement>(null);
  const leaving = useRef<AbortController | null>(null);
  const [share, setShare] = useState(0);
  const [tooLarge, setTooLarge] = useState(false);
  const send = useSendArchive();
  useEffect(() => () => leaving.current?.abort(), []);

  function take(file: File | undefined) {
    if (!file) return;
    setTooLarge(file.size > FILE_MOST_BYTES);
    if (file.size > FILE_MOST_BYTES) return;
    setShare(0);
    leaving.current = new AbortController();
    send.mutate({ file, unfinished: begun, onSent: setShare, signal: leaving.current.signal });
  }

  return (
    <>
      <p className="form-line">{begun && !send.isPending ? t(($) => $.import.again, { name: begun.file_name }) : t(($) => $.import.hint)}</p>
      <input ref={picker} type="file" hidden aria-label={t(($) => $.import.file)} accept=".tar.gz,.tgz,application/gzip" onChange={(event) => { take(event.target.files?.[0]); event.target.value = ''; }} />
      <div className="form-actions"><ActionButton look="primary" pending={send.isPending} onClick={() => picker.current?.click()}>{t(($) => $.import.choose)}</ActionButton></div>
      {send.isPending ? <ProgressBar label={t(($) => $.import.sending)} value={share} /> : null}
      <InlineError>{tooLarge ? t(($) => $.import.too_large, { size: FILE_MOST_BYTES / MIB }) : send.error?.message}</InlineError>
    </>
  );
}
