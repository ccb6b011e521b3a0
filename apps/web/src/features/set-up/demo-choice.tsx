import { useState } from 'react';
import type { CatalogueSupplier, SupplierCredential } from '@lyss/api-types';
import { useLanguage, useTexts } from '../../app/i18n/use-texts.ts';
import { ApiFailure } from '../../api/client.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { InlineError } from '../../ui/states/banner.tsx';
import { createSupplier } from './supplier-api.ts';

/** For whoever has no key: the demo, and the words of the suppliers page for what it is. */
export function DemoChoice({ demo, onSaved }: { demo: CatalogueSupplier; onSaved: (saved: SupplierCredential) => void }) {
  const t = useTexts('set-up');
  const words = useTexts('suppliers');
  const language = useLanguage();
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<ApiFailure | null>(null);
  async function take() {
    setPending(true);
    setFailure(null);
    try {
      onSaved(await createSupplier({ supplier: demo, api_key: '', base_url: '' }, language));
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
        <span>{words(($) => $.demo_note)}</span>
      </p>
      <ActionButton pending={pending} onClick={() => void take()}>{t(($) => $.supplier.demo_use)}</ActionButton>
      <InlineError>{failure?.message}</InlineError>
    </div>
  );
}
