import type { FileExport } from '@lyss/api-types';
import { formatBytes } from '../../../ui/figure/format-figure.ts';
import { useLanguage, useTexts } from '../../../app/i18n/use-texts.ts';
import { Time } from '../../../app/list/time.tsx';
import { ActionButton } from '../../../ui/action-button.tsx';
import { FileHead } from '../../../ui/list/file-list.tsx';
import { StatusDot, type Tone } from '../../../ui/list/status-dot.tsx';
import { ProgressBar } from '../../../ui/progress-bar.tsx';
import { InlineError } from '../../../ui/states/banner.tsx';
import { useDownload, useRemoveArchive } from './api.ts';

const tones: Record<FileExport['state'], Tone> = { queued: 'busy', running: 'busy', ready: 'ok', failed: 'error', cancelled: 'off' };

/** Rows so far, and of about how many: progress is their share. */
const estimate = ({ rows, progress }: FileExport) => (progress > 0 ? Math.round(rows / progress) : 0);

/** One archive: how far it is while it is made, and the file once it is. */
export function ArchiveLine({ file }: { file: FileExport }) {
  const t = useTexts('tenant-settings');
  const locale = useLanguage();
  const remove = useRemoveArchive();
  const download = useDownload();
  const { file_name: name, state } = file;
  const unfinished = state === 'queued' || state === 'running';
  const failure = remove.error ?? download.error;
  const end = unfinished ? t(($) => $.export.stop) : t(($) => $.export.remove);
  return (
    <li>
      <FileHead
        name={name}
        status={<StatusDot tone={tones[state]}>{t(($) => $.export.state[state])}</StatusDot>}
        actions={<>
          {state === 'ready' ? <ActionButton size="small" pending={download.isPending} aria-label={`${t(($) => $.export.download)} ${name}`} onClick={() => download.mutate(file.id)}>{t(($) => $.export.download)}</ActionButton> : null}
          <ActionButton size="small" look="quiet" pending={remove.isPending} aria-label={`${end} ${name}`} onClick={() => remove.mutate(file.id)}>{end}</ActionButton>
        </>}
      />
      {unfinished ? <ProgressBar label={t(($) => $.export.progress, { name })} value={file.progress} /> : null}
      <p className="form-line">
        {state === 'running' ? t(($) => $.export.rows_of, { rows: file.rows, count: estimate(file) }) : t(($) => $.export.rows, { count: file.rows })}
        {state === 'ready' ? ` · ${formatBytes(file.bytes, locale)}` : ''} · {t(($) => $.export.by, { name: file.requested_by.name })} <Time at={file.created_at} />
      </p>
      {state === 'ready' && file.sha256 ? <p className="form-line">{t(($) => $.export.sum)} <code className="archive-sum">{file.sha256}</code></p> : null}
      {file.failure ? <InlineError>{t(($) => $.export.failure[file.failure ?? 'internal'])}</InlineError> : null}
      {failure ? <InlineError>{failure.message}</InlineError> : null}
    </li>
  );
}
