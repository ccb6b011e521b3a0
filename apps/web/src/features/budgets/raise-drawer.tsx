import { useState } from 'react';
import type { Budget } from '@lyss/api-types';
import { DraftForm } from '../../app/form/draft-form.tsx';
import { TextField } from '../../app/form/field.tsx';
import { FormSheet } from '../../app/form/form-sheet.tsx';
import { placeFailure } from '../../app/form/place-failure.ts';
import { useDraft } from '../../app/form/use-draft.ts';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { InlineError } from '../../ui/states/banner.tsx';
import { useRaiseBudget } from './api.ts';
import { isAmount, readEnd, writeDate } from './draft.ts';
import { describeFailure } from './place-failure.ts';

interface Raise {
  amount: string;
  ends_at: string;
  reason: string;
}
const fields = ['amount', 'ends_at', 'reason'] as const;
type RaiseIssue = 'amount_invalid' | 'date_past' | 'date_late' | 'reason_required';
const MOST_DAYS = 31;
const DAY_MS = 86_400_000;

const dayIn = (days: number) => writeDate(new Date(Date.now() + days * DAY_MS));

function judgeRaise({ amount, ends_at, reason }: Raise): Partial<Record<keyof Raise, RaiseIssue>> {
  return {
    ...(!isAmount(amount) || Number(amount) === 0 ? { amount: 'amount_invalid' as const } : {}),
    // The last possible day ends after the same time of today.
    ...(ends_at < dayIn(0) ? { ends_at: 'date_past' as const } : ends_at > dayIn(MOST_DAYS - 1) ? { ends_at: 'date_late' as const } : {}),
    ...(reason.trim() === '' ? { reason: 'reason_required' as const } : {}),
  };
}

/** More for a while, with a reason that the audit keeps; it ends by itself. */
export function RaiseDrawer({ row, onClose }: { row: Budget; onClose: () => void }) {
  const t = useTexts('budgets');
  const raise = useRaiseBudget();
  const [start] = useState<Raise>(() => ({ amount: '', ends_at: dayIn(6), reason: '' }));
  const placed = placeFailure(raise.error, { fields, describe: (failure) => describeFailure(failure, t) ?? '' });
  const form = useDraft<Raise, keyof Raise, RaiseIssue>({ start: () => start, fields, judge: judgeRaise, say: (issue) => t(($) => $.issue[issue]), placed });
  const { draft, errorOf, change, leave } = form;
  const send = ({ amount, ends_at, reason }: Raise) => raise.mutate({ id: row.id, version: row.version, body: { amount: amount.trim(), ends_at: readEnd(ends_at) ?? '', reason: reason.trim() } }, { onSuccess: onClose });
  return (
    <FormSheet title={t(($) => $.raise.title, { name: row.name })} onClose={onClose}>
      <DraftForm form={form} pending={raise.isPending} texts={{ cancel: t(($) => $.form.cancel), submit: t(($) => $.raise.submit) }} problem={<InlineError>{form.banner}</InlineError>} onSubmit={send} onCancel={onClose}>
        <TextField label={t(($) => $.raise.amount, { currency: row.limit.currency })} value={draft.amount} hint={t(($) => $.raise.amount_hint)} error={errorOf('amount')} inputMode="decimal" autoComplete="off" autoFocus maxLength={20} onValue={(amount) => change({ amount })} onBlur={() => leave('amount')} />
        <TextField label={t(($) => $.raise.ends_at)} type="date" value={draft.ends_at} min={dayIn(0)} max={dayIn(MOST_DAYS - 1)} hint={t(($) => $.raise.ends_hint)} error={errorOf('ends_at')} onValue={(ends_at) => change({ ends_at })} onBlur={() => leave('ends_at')} />
        <TextField label={t(($) => $.raise.reason)} value={draft.reason} hint={t(($) => $.raise.reason_hint)} error={errorOf('reason')} autoComplete="off" maxLength={200} onValue={(reason) => change({ reason })} onBlur={() => leave('reason')} />
      </DraftForm>
    </FormSheet>
  );
}
