import { useState, type FormEvent } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { BodyOf } from '@lyss/api-types';
import { ChoiceField } from '../../app/form/choice-field.tsx';
import { Section } from '../../app/form/section.tsx';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { FileList } from '../../ui/list/file-list.tsx';
import { InlineError } from '../../ui/states/banner.tsx';
import { files, useStartExport } from './api.ts';
import { FileLine } from './file-line.tsx';
import { toFilters, type AuditList } from './use-audit-list.ts';

type Format = BodyOf<'audit.startExport'>['format'];

/** Files of the trail, or of what its filters leave. */
export function FilesCard({ list }: { list: AuditList }) {
  const t = useTexts('audit');
  const [format, setFormat] = useState<Format>('csv');
  const start = useStartExport();
  const made = useQuery(files);
  const formats: { value: Format; label: string }[] = [{ value: 'csv', label: t(($) => $.files.csv) }, { value: 'jsonl', label: t(($) => $.files.jsonl) }];

  function submit(event: FormEvent) {
    event.preventDefault();
    start.mutate({ format, ...toFilters(list.search, Date.now()) });
  }

  return (
    <div className="audit-form">
      <Section title={t(($) => $.files.title)} line={t(($) => $.files.lead)}>
        <form className="form-stack" onSubmit={submit}>
          <p className="audit-scope">
            {list.filtered ? t(($) => $.files.filtered) : t(($) => $.files.whole)}
            {list.filtered ? <button type="button" className="ui-text-button" onClick={list.clear}>{t(($) => $.files.clear)}</button> : null}
          </p>
          <ChoiceField label={t(($) => $.files.format)} value={format} options={formats} onValue={setFormat} />
          <InlineError>{start.error?.message}</InlineError>
          <div className="form-actions"><ActionButton type="submit" look="primary" pending={start.isPending}>{t(($) => $.files.start)}</ActionButton></div>
        </form>
      </Section>
      <Section title={t(($) => $.files.list)}>
        {made.error ? <InlineError>{t(($) => $.files.failed)} · {made.error.message}</InlineError> : null}
        {made.data?.items.length === 0 ? <p className="form-line">{t(($) => $.files.none)}</p> : null}
        <FileList>{made.data?.items.map((file) => <FileLine key={file.id} file={file} />)}</FileList>
      </Section>
    </div>
  );
}
