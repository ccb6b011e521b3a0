import { useEffect, useRef, useState } from 'react';
import type { CatalogueSupplier, SupplierCredential } from '@lyss/api-types';
import { SelectField } from '../../app/form/field.tsx';
import { useLanguage, useTexts } from '../../app/i18n/use-texts.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { InlineError } from '../../ui/states/banner.tsx';
import { SkeletonForm, Waiting } from '../../ui/states/skeleton.tsx';
import { DemoChoice } from './demo-choice.tsx';
import { StepHeading } from './step-heading.tsx';
import { useCatalogue, useSaved } from './supplier-api.ts';
import { SupplierForm } from './supplier-form.tsx';

interface ConnectProps {
  kinds: CatalogueSupplier[];
  urgent: boolean;
  onTyped: (typed: boolean) => void;
  onSaved: (saved: SupplierCredential) => void;
}

/** One supplier after the other: which one, its form, and the result that stays until another one is wanted. */
function Connect({ kinds, urgent, onTyped, onSaved }: ConnectProps) {
  const words = useTexts('suppliers');
  const language = useLanguage();
  const [chosen, choose] = useState(kinds[0]?.provider);
  const [done, setDone] = useState<CatalogueSupplier | null>(null);
  const kind = done ?? kinds.find((entry) => entry.provider === chosen) ?? kinds[0];
  if (kind === undefined) return null;
  return (
    <div className="set-up-part">
      {done ? null : (
        <SelectField
          label={words(($) => $.column.provider)}
          value={kind.provider}
          options={kinds.map((entry) => ({ value: entry.provider, label: entry.name[language] }))}
          onValue={(value) => {
            choose(kinds.find((entry) => entry.provider === value)?.provider);
            onTyped(false);
          }}
        />
      )}
      <SupplierForm
        key={kind.provider}
        kind={kind}
        urgent={urgent}
        onTyped={() => onTyped(true)}
        onSaved={(saved) => {
          setDone(kind);
          onSaved(saved);
        }}
        onAnother={() => setDone(null)}
      />
    </div>
  );
}

/** Supplier by supplier, or the demo; what is connected stands above, and one of the buttons is the next thing to do. */
export function SupplierStep({ onNext }: { onNext: () => void }) {
  const t = useTexts('set-up');
  const frame = useTexts('app');
  const catalogue = useCatalogue();
  const saved = useSaved();
  const [added, setAdded] = useState<SupplierCredential[]>([]);
  const [typed, setTyped] = useState(false);
  const next = useRef<HTMLDivElement>(null);
  const failure = catalogue.failure ?? saved.failure;
  const connected = [...(saved.items ?? []), ...added];
  const free = catalogue.items?.filter((kind) => !connected.some((credential) => credential.provider === kind.provider)) ?? [];
  const demo = free.find((kind) => kind.demo);
  const names = connected.map((credential) => credential.name).join(' · ');
  const add = (credential: SupplierCredential) => {
    // Two may be connecting at once: the demo beside a supplier.
    setAdded((before) => [...before, credential]);
    setTyped(false);
  };
  // What was pressed is gone once it worked: the keyboard goes on at what comes next.
  useEffect(() => {
    if (added.length > 0) next.current?.querySelector('button')?.focus();
  }, [added]);
  return (
    <section className="set-up-form">
      <StepHeading>{t(($) => $.supplier.title)}</StepHeading>
      <p className="visitor-line">{t(($) => $.supplier.line)}</p>
      <InlineError>{failure?.message}</InlineError>
      {failure ? <ActionButton onClick={() => [catalogue, saved].forEach((read) => read.retry())}>{frame(($) => $.actions.retry)}</ActionButton> : null}
      <div role="status">{names === '' ? null : <p className="visitor-note">{t(($) => $.supplier.already, { names })}</p>}</div>
      <Waiting waiting={failure === null && (catalogue.items === null || saved.items === null)} label={t(($) => $.waiting)} skeleton={<SkeletonForm fields={3} />}>
        <Connect kinds={free.filter((kind) => !kind.demo)} urgent={typed || names === ''} onTyped={setTyped} onSaved={add} />
        {demo ? <DemoChoice demo={demo} onSaved={add} /> : null}
      </Waiting>
      <div ref={next} className="form-actions set-up-next">
        <ActionButton look={names === '' ? 'quiet' : typed ? 'plain' : 'primary'} size="large" onClick={onNext}>{names === '' ? t(($) => $.later) : frame(($) => $.actions.next)}</ActionButton>
      </div>
    </section>
  );
}
