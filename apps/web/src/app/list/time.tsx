import { RelativeTime } from '../../ui/figure/relative-time.tsx';
import { useZone } from '../../session/use-zone.ts';
import { useLanguage } from '../i18n/use-texts.ts';

/** A time (ISO 8601) in the person's language and zone. */
export function Time({ at }: { at: string }) {
  return <RelativeTime at={at} locale={useLanguage()} zone={useZone()} />;
}
