import { useQuery } from '@tanstack/react-query';
import { Section } from '../../../app/form/section.tsx';
import { useTexts } from '../../../app/i18n/use-texts.ts';
import { FileList } from '../../../ui/list/file-list.tsx';
import { InlineError } from '../../../ui/states/banner.tsx';
import { imports, readiness } from './api.ts';
import { FilePicker } from './file-picker.tsx';
import { ImportLine } from './import-line.tsx';

const underWay: ReadonlySet<string> = new Set(['judging', 'judged', 'applying']);

/** Another tenant's archive into this one, while it is empty: sent, judged, looked at, brought in. */
export function ImportSection() {
  const t = useTexts('tenant-settings');
  const sent = useQuery(imports);
  const items = sent.data?.items ?? [];
  const ready = useQuery(readiness(items.some(({ state }) => state === 'done')));
  const begun = items.find(({ state }) => state === 'uploading');
  const offers = ready.data?.is_empty === true && sent.data !== undefined && !items.some(({ state }) => underWay.has(state));
  const failure = ready.error ?? sent.error;
  return (
    <Section title={t(($) => $.import.title)} line={t(($) => $.import.line)}>
      <div className="form-stack">
        {failure ? <InlineError>{t(($) => $.import.list_failed)} · {failure.message}</InlineError> : null}
        {ready.data?.is_empty === false && items.length === 0 ? <p className="form-line">{t(($) => $.import.not_empty)}</p> : null}
        {offers ? <FilePicker begun={begun} /> : null}
        <FileList label={t(($) => $.import.list)}>{items.map((one) => <ImportLine key={one.id} one={one} />)}</FileList>
      </div>
    </Section>
  );
}
