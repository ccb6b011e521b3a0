import { useId, useState, type FormEvent } from 'react';
import type { ApiKey, ShownApiKey } from '@lyss/api-types';
import { SelectField } from '../../app/form/field.tsx';
import { useLanguage, useTexts } from '../../app/i18n/use-texts.ts';
import { useZone } from '../../session/use-zone.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { formatExact } from '../../ui/figure/format-time.ts';
import { Dialog } from '../../ui/overlay/dialog.tsx';
import { InlineError } from '../../ui/states/banner.tsx';
import { useRotateKey } from './api.ts';
import { describeFailure } from './place-failure.ts';

const overlaps = ['h0', 'h1', 'h24', 'h72', 'h168'] as const;
type Overlap = (typeof overlaps)[number];

/** A new key in place of the old one, which goes on for as long as is chosen. */
export function RotateKey({ row, onClose, onMade }: { row: ApiKey; onClose: () => void; onMade: (made: ShownApiKey) => void }) {
  const t = useTexts('api-keys');
  const locale = useLanguage();
  const zone = useZone();
  const form = useId();
  const rotate = useRotateKey();
  const [overlap, setOverlap] = useState<Overlap>('h24');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!rotate.isPending) rotate.mutate({ id: row.id, version: row.version, overlap_hours: Number(overlap.slice(1)) }, { onSuccess: onMade });
  };
  const actions = (
    <>
      <ActionButton onClick={onClose}>{t(($) => $.form.cancel)}</ActionButton>
      <ActionButton look="primary" type="submit" form={form} pending={rotate.isPending}>{t(($) => $.rotate.submit)}</ActionButton>
    </>
  );
  return (
    <Dialog title={t(($) => $.rotate.title, { name: row.name })} onClose={onClose} actions={actions}>
      <p className="ui-dialog-text">{t(($) => $.rotate.lead)}</p>
      {row.overlap_ends_at ? <p className="ui-dialog-text">{t(($) => $.rotate.running, { time: formatExact(new Date(row.overlap_ends_at), locale, zone) })}</p> : null}
      <form id={form} onSubmit={submit}>
        {/* The options are these alone. */}
        <SelectField label={t(($) => $.rotate.overlap)} value={overlap} options={overlaps.map((value) => ({ value, label: t(($) => $.rotate.hours[value]) }))} onValue={(value) => setOverlap(value as Overlap)} />
      </form>
      <InlineError>{describeFailure(rotate.error, t)}</InlineError>
    </Dialog>
  );
}
