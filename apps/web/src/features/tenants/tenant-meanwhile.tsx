import type { OperatorTenant } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { Meanwhile } from '../../app/list/meanwhile.tsx';
import type { Overtaken } from '../../app/list/use-basis.ts';

/** What somebody else changed of a tenant while it was being changed here. */
export function TenantMeanwhile({ overtaken }: { overtaken: Overtaken<OperatorTenant> | null }) {
  const t = useTexts('tenants');
  if (!overtaken) return <Meanwhile changes={[]} />;
  const { from, to } = overtaken;
  return (
    <Meanwhile
      changes={[
        [t(($) => $.column.name), from.name, to.name],
        [t(($) => $.column.state), t(($) => $.state[from.state]), t(($) => $.state[to.state])],
      ]}
    />
  );
}
