import { useZone } from '../../session/use-zone.ts';
import { toInstant, toWallTime } from './zone-time.ts';
import '../form/form.css';
import './range.css';

interface CustomRangeProps {
  from: string;
  to: string;
  onChange: (patch: { from?: string; to?: string }) => void;
  texts: { from: string; to: string };
}

/** From and to (ISO 8601, or empty), as a clock in the person's zone shows them. */
export function CustomRange({ from, to, onChange, texts }: CustomRangeProps) {
  const zone = useZone();
  return (
    <span className="custom-range">
      <label>{texts.from} <input type="datetime-local" className="form-input" value={toWallTime(from, zone)} onChange={(event) => onChange({ from: toInstant(event.target.value, zone) })} /></label>
      <label>{texts.to} <input type="datetime-local" className="form-input" value={toWallTime(to, zone)} onChange={(event) => onChange({ to: toInstant(event.target.value, zone) })} /></label>
    </span>
  );
}
