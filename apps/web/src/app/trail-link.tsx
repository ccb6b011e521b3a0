import { Link } from '@tanstack/react-router';
import { useCan } from '../session/session-store.ts';
import { useTexts } from './i18n/use-texts.ts';
import { paths } from './paths.ts';
import './trail-link.css';

/** From a thing, or the only one of its kind, to what the audit says of it, and from a person to what they did; nothing for whoever may not read the audit. */
export function TrailLinks({ type, id, platform = false }: { type: string; id?: string; platform?: boolean }) {
  const t = useTexts('app');
  const may = useCan(platform ? 'platform_audit.read' : 'audit.read');
  if (!may) return null;
  const of = id === undefined ? {} : { resource_id: id };
  const to = platform ? paths.platformTrail : paths.trail;
  return (
    <p className="trail-links">
      <Link {...to({ resource_type: type, ...of })}>{t(($) => $.trail.object)}</Link>
      {type === 'user' && id ? <Link {...to({ actor_user_id: id })}>{t(($) => $.trail.person)}</Link> : null}
    </p>
  );
}
