import type { FileExport } from '@lyss/api-types';
import { useLanguage, useTexts } from '../../app/i18n/use-texts.ts';
import { Time } from '../../app/list/time.tsx';
import { ActionButton } from '../../ui/action-button.tsx';
import { formatBytes } from '../../ui/figure/format-figure.ts';
import { FileHead } from '../../ui/list/file-list.tsx';
import { StatusDot, type Tone } from '../../ui/list/status-dot.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { InlineError } from '../../ui/states/banner.tsx';
import { useDownload, useRemoveExport } from './api.ts';

const tones: Record<FileExport['state'], Tone> = { queued: 'busy', running: 'busy', ready: 'ok', failed: 'error', cancelled: 'off' };

/** One export: how far it is while it is made, and the file once it is. */
export function FileLine({ file }: { file: FileExport }) {
  const t = useTexts('audit');
  const locale = useLanguage();
  const remove = useRemoveExport();
  const download = useDownload();
  const unfinished = file.state === 'queued' || file.state === 'running';
  const failure = remove.error ?? download.error;
  return (
    <li>
      <FileHead
        name={file.file_name}
        status={<StatusDot tone={tones[file.state]}>{t(($) => $.files.state[file.state])}</StatusDot>}
        actions={<>
          {file.state === 'ready' ? <ActionButton size="small" pending={download.isPending} aria-label={`${t(($) => $.files.download)} ${file.file_name}`} onClick={() => download.mutate(file.id)}>{t(($) => $.files.download)}</ActionButton> : null}
          <ActionButton size="small" look="quiet" pending={remove.isPending} aria-label={`${unfinished ? t(($) => $.files.cancel) : t(($) => $.files.remove)} ${file.file_name}`} onClick={() => remove.mutate(file.id)}>{unfinished ? t(($) => $.files.cancel) : t(($) => $.files.remove)}</ActionButton>
        </>}
      />
      {unfinished ? <ProgressBar label={t(($) => $.files.progress, { name: file.file_name })} value={file.progress} /> : null}
      <p className="form-line">
        {t(($) => $.files.rows, { count: file.rows })}{file.state === 'ready' ? ` · ${formatBytes(file.bytes, locale)}` : ''} · {t(($) => $.files.by, { name: file.requested_by.name })} <Time at={file.created_at} />
      </p>
      {file.failure ? <InlineError>{t(($) => $.files.failure[file.failure ?? 'internal'])}</InlineError> : null}
      {failure ? <InlineError>{t(($) => $.files.not_saved, { reason: failure.message })}</InlineError> : null}
    </li>
  );
}
