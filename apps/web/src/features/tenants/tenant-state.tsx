import type { Tenant } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { StatusDot, type Tone } from '../../ui/list/status-dot.tsx';

const tones: Record<Tenant['state'], Tone> = { active: 'ok', suspended: 'warn' };

export function TenantState({ tenant }: { tenant: Tenant }) {
  const t = useTexts('tenants');
  return <StatusDot tone={tones[tenant.state]}>{t(($) => $.state[tenant.state])}</StatusDot>;
}
