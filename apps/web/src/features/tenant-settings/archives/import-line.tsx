import type { TenantImport } from '@lyss/api-types';
import { useTexts } from '../../../app/i18n/use-texts.ts';
import { Time } from '../../../app/list/time.tsx';
import { ActionButton } from '../../../ui/action-button.tsx';
import { FileHead } from '../../../ui/list/file-list.tsx';
import { StatusDot, type Tone } from '../../../ui/list/status-dot.tsx';
import { ProgressBar } from '../../../ui/progress-bar.tsx';
import { InlineError } from '../../../ui/states/banner.tsx';
import { useApplyImport, useRemoveImport } from './api.ts';
import { ImportProblemText } from './import-problem.tsx';
import { ImportReportView } from './import-report.tsx';

const tones: Record<TenantImport['state'], Tone> = { uploading: 'busy', judging: 'busy', judged: 'ok', applying: 'busy', done: 'ok', refused: 'error', failed: 'error' };

/** One archive that was sent: how far it is, what it would bring or brought, or why it was refused. */
export function ImportLine({ one }: { one: TenantImport }) {
  const t = useTexts('tenant-settings');
  const apply = useApplyImport();
  const remove = useRemoveImport();
  const { state, file_name: name } = one;
  const works = state === 'judging' || state === 'applying';
  const failure = apply.error ?? remove.error;
  const end = state === 'refused' || state === 'failed' ? t(($) => $.import.clear) : t(($) => $.import.cancel);
  return (
    <li>
      <FileHead
        name={name}
        status={<StatusDot tone={tones[state]}>{t(($) => $.import.state[state])}</StatusDot>}
        actions={state === 'applying' || state === 'done' ? null : <ActionButton size="small" look="quiet" pending={remove.isPending} aria-label={`${end} ${name}`} onClick={() => remove.mutate(one.id)}>{end}</ActionButton>}
      />
      {works ? <ProgressBar label={t(($) => $.import.progress, { name })} value={one.progress} /> : null}
      <p className="form-line">{t(($) => $.import.by, { name: one.requested_by.name })} <Time at={one.created_at} /></p>
      {one.report ? <ImportReportView report={one.report} isDone={state === 'done'} /> : null}
      {one.problem ? <ImportProblemText problem={one.problem} /> : null}
      {failure ? <InlineError>{failure.message}</InlineError> : null}
      {state === 'judged' ? <div className="form-actions"><ActionButton look="primary" pending={apply.isPending} onClick={() => apply.mutate(one.id)}>{t(($) => $.import.apply)}</ActionButton></div> : null}
    </li>
  );
}
