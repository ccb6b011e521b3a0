import { Link } from '@tanstack/react-router';
import type { Me } from '@lyss/api-types';
import { paths } from '../../app/paths.ts';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { useMe } from '../../session/session-store.ts';

const targets = {
  chat: { ...paths.chat(), permission: 'chat.use' },
  suppliers: { ...paths.suppliers(), permission: 'suppliers.read' },
  users: { ...paths.users(), permission: 'users.read' },
  settings: { ...paths.settings(), permission: 'settings.read' },
  tenants: { ...paths.tenants(), permission: 'tenants.read' },
  profile: { ...paths.profile(), permission: null },
} as const satisfies Record<string, { to: string; permission: Me['permissions'][number] | null }>;

type Entry = keyof typeof targets;
// Object.keys forgets that they are exactly the ones above.
const entries = Object.keys(targets) as Entry[];

/** The ways on, as far as this person may go them. */
export function Entries() {
  const t = useTexts('overview');
  const me = useMe();
  const mine = entries.filter((entry) => {
    const { permission } = targets[entry];
    return permission === null || me.permissions.includes(permission);
  });
  return (
    <section className="overview-card" aria-labelledby="entries-title">
      <header><h2 id="entries-title">{t(($) => $.entries.title)}</h2></header>
      <ul className="entry-list">
        {mine.map((entry) => (
          <li key={entry}>
            <Link to={targets[entry].to} className="entry">
              <span>{t(($) => $.entries[entry].title)}</span>
              <small>{t(($) => $.entries[entry].line)}</small>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
