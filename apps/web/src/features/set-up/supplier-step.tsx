import { useState } from 'react';
import type { CatalogueSupplier } from '@lyss/api-types';
import { useLanguage, useTexts } from '../../app/i18n/use-texts.ts';
import { ApiFailure } from '../../api/client.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { InlineError } from '../../ui/states/banner.tsx';
import { SkeletonForm, Waiting } from '../../ui/states/skeleton.tsx';
import { createSupplier, useCatalogue, useSaved } from './supplier-api.ts';
import { SupplierForm } from './supplier-form.tsx';

function DemoChoice({ demo, onSaved }: { demo: CatalogueSupplier; onSaved: () => void }) {
  const t = useTexts('set-up');
  const language = useLanguage();
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<ApiFailure | null>(null);
  async function take() {
    setPending(true);
    try {
      await createSupplier({ supplier: demo, api_key: '', base_url: '' }, language);
      onSaved();
    } catch (thrown) {
      if (!(thrown instanceof ApiFailure)) throw thrown;
      setFailure(thrown);
      setPending(false);
    }
  }
  return (
    <div className="set-up-demo">
      <p>
        <strong>{t(($) => $.supplier.demo)}</strong>
        <span>{t(($) => $.supplier.demo_line)}</span>
      </p>
      <ActionButton pending={pending} onClick={() => void take()}>{t(($) => $.supplier.demo_use)}</ActionButton>
      <InlineError>{failure?.message}</InlineError>
    </div>
  );
}

/** A supplier with a live test, or the demo; skipped where the tenant has one already. */
export function SupplierStep({ onNext }: { onNext: () => void }) {
  const t = useTexts('set-up');
  const frame = useTexts('app');
  const catalogue = useCatalogue();
  const saved = useSaved();
  const failure = catalogue.failure ?? saved.failure;
  const demo = catalogue.items?.find((supplier) => supplier.demo);
  const real = catalogue.items?.filter((supplier) => !supplier.demo) ?? [];
  const names = saved.items?.map((credential) => credential.name).join(' · ') ?? '';
  return (
    <section className="set-up-form">
      <h1>{t(($) => $.supplier.title)}</h1>
      <p className="visitor-line">{t(($) => $.supplier.line)}</p>
      <InlineError>{failure?.message}</InlineError>
      {failure ? <ActionButton onClick={() => [catalogue, saved].forEach((read) => read.retry())}>{frame(($) => $.actions.retry)}</ActionButton> : null}
      {names === '' ? null : <p className="visitor-note">{t(($) => $.supplier.already, { names })} {t(($) => $.supplier.already_line)}</p>}
      <Waiting waiting={failure === null && (catalogue.items === null || saved.items === null)} label={t(($) => $.waiting)} skeleton={<SkeletonForm fields={3} />}>
        {real.length > 0 ? (
          <SupplierForm suppliers={real} onSaved={onNext}>
            <ActionButton size="large" onClick={onNext}>{names === '' ? t(($) => $.later) : frame(($) => $.actions.next)}</ActionButton>
          </SupplierForm>
        ) : null}
        {demo && !saved.items?.some((credential) => credential.provider === demo.provider) ? <DemoChoice demo={demo} onSaved={onNext} /> : null}
      </Waiting>
    </section>
  );
}
