import { useQuery } from '@tanstack/react-query';
import { Section } from '../../../app/form/section.tsx';
import { useTexts } from '../../../app/i18n/use-texts.ts';
import { ActionButton } from '../../../ui/action-button.tsx';
import { FileList } from '../../../ui/list/file-list.tsx';
import { InlineError } from '../../../ui/states/banner.tsx';
import { archives, useStartArchive } from './api.ts';
import { ArchiveLine } from './archive-line.tsx';

/** Everything of the tenant's as one file: ordered, watched, stopped, taken away. */
export function ExportSection() {
  const t = useTexts('tenant-settings');
  const made = useQuery(archives);
  const start = useStartArchive();
  const busy = made.data?.items.some(({ state }) => state === 'queued' || state === 'running') ?? false;
  return (
    <Section title={t(($) => $.export.title)} line={t(($) => $.export.line)}>
      <div className="form-stack">
        <p className="form-line">{t(($) => $.export.without)}</p>
        <InlineError>{start.error?.message}</InlineError>
        <div className="form-actions"><ActionButton look="primary" pending={start.isPending} disabled={busy} onClick={() => start.mutate()}>{t(($) => $.export.start)}</ActionButton></div>
        {made.error ? <InlineError>{t(($) => $.export.list_failed)} · {made.error.message}</InlineError> : null}
        {made.data?.items.length === 0 ? <p className="form-line">{t(($) => $.export.none)}</p> : null}
        <FileList label={t(($) => $.export.list)}>{made.data?.items.map((file) => <ArchiveLine key={file.id} file={file} />)}</FileList>
      </div>
    </Section>
  );
}
