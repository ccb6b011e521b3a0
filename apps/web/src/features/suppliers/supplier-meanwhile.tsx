import type { SupplierCredential } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { Meanwhile } from '../../app/list/meanwhile.tsx';
import type { Overtaken } from '../../app/list/use-basis.ts';

/** What somebody else changed of a credential while it was being changed here. */
export function SupplierMeanwhile({ overtaken }: { overtaken: Overtaken<SupplierCredential> | null }) {
  const t = useTexts('suppliers');
  if (!overtaken) return <Meanwhile changes={[]} />;
  const { from, to } = overtaken;
  const use = (on: boolean) => (on ? t(($) => $.filter.on) : t(($) => $.filter.off));
  return (
    <Meanwhile
      changes={[
        [t(($) => $.form.name), from.name, to.name],
        [t(($) => $.form.base_url), from.base_url, to.base_url],
        [t(($) => $.form.key), from.key_hint ?? '', to.key_hint ?? ''],
        [t(($) => $.form.models), from.models.join(' · '), to.models.join(' · ')],
        [t(($) => $.column.enabled), use(from.enabled), use(to.enabled)],
      ]}
    />
  );
}
