import { useTexts } from '../../app/i18n/use-texts.ts';
import { useZone } from '../../session/use-zone.ts';
import { toInstant, toWallTime } from './zone-time.ts';

/** From and to, as a clock in the person's zone shows them. */
export function CustomRange({ from, to, onChange }: { from: string; to: string; onChange: (patch: { from?: string; to?: string }) => void }) {
  const t = useTexts('audit');
  const zone = useZone();
  return (
    <span className="audit-range">
      <label>{t(($) => $.filter.from)} <input type="datetime-local" className="form-input" value={toWallTime(from, zone)} onChange={(event) => onChange({ from: toInstant(event.target.value, zone) })} /></label>
      <label>{t(($) => $.filter.to)} <input type="datetime-local" className="form-input" value={toWallTime(to, zone)} onChange={(event) => onChange({ to: toInstant(event.target.value, zone) })} /></label>
    </span>
  );
}
