import type { ApiKey } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { StatusDot, type Tone } from '../../ui/list/status-dot.tsx';

const tones: Record<ApiKey['status'], Tone> = { active: 'ok', expired: 'off', revoked: 'off' };

export function KeyStatus({ row }: { row: ApiKey }) {
  const t = useTexts('api-keys');
  return row.status === 'active' && row.overlap_ends_at ? <StatusDot tone="busy">{t(($) => $.overlap)}</StatusDot> : <StatusDot tone={tones[row.status]}>{t(($) => $.status[row.status])}</StatusDot>;
}
