import { Link } from '@tanstack/react-router';
import { logoAddress } from '../../api/logo-address.ts';
import { useMe } from '../../session/session-store.ts';
import { IconButton } from '../../ui/action-button.tsx';
import { useTexts } from '../i18n/use-texts.ts';
import { isWordmark, TenantLogo } from '../tenant-logo.tsx';
import { Brand } from '../visitor/brand.tsx';
import { signOut } from './choose.ts';
import { listGroups, type Place } from './places.ts';
import { SignOutIcon } from './shell-icons.tsx';
import './sidebar.css';

function PlaceLink({ place, onGo }: { place: Place; onGo: (() => void) | undefined }) {
  const t = useTexts('app');
  const name = t(($) => $.nav[place.id]);
  const Icon = place.icon;
  return (
    <Link to={place.to} className="side-place" title={name} activeOptions={{ exact: place.to === '/', includeSearch: false }} activeProps={{ 'aria-current': 'page' }} onClick={onGo}>
      <Icon size={18} />
      <span className="side-name">{name}</span>
    </Link>
  );
}

function Person({ onGo }: { onGo: (() => void) | undefined }) {
  const t = useTexts('app');
  const me = useMe();
  return (
    <div className="side-person">
      <Link to="/profile" className="side-me" title={t(($) => $.nav.profile)} activeProps={{ 'aria-current': 'page' }} onClick={onGo}>
        <span className="side-avatar" aria-hidden="true">{[...me.name].at(/\p{Script=Han}/u.test(me.name) ? -1 : 0)}</span>
        <span className="side-who">
          <span>{me.name}</span>
          <small>{me.email}</small>
        </span>
      </Link>
      <IconButton label={t(($) => $.actions.sign_out)} onClick={signOut}><SignOutIcon size={18} /></IconButton>
    </div>
  );
}

/** The tenant's logo beside its name; one that is a name in letters stands instead of it, where there is room for letters. */
function Tenant() {
  const { name, logo } = useMe().tenant;
  const shown = logo && { ...logo, src: logoAddress(logo.id) };
  const wordmark = isWordmark(shown);
  return (
    <p className={wordmark ? 'side-tenant is-wordmark' : 'side-tenant'} title={name}>
      <TenantLogo name={name} logo={shown} />
      {wordmark ? <span className="side-tenant-small"><TenantLogo name={name} logo={null} /></span> : <span className="side-name">{name}</span>}
    </p>
  );
}

/** Brand, tenant, places by job, the person at the bottom; what somebody may not do is not there. */
export function Sidebar({ onGo }: { onGo?: () => void }) {
  const t = useTexts('app');
  const me = useMe();
  return (
    <div className="side">
      <Link to="/" className="side-brand" aria-label="Lyss" onClick={onGo}><Brand /></Link>
      <Tenant />
      <nav className="side-nav" aria-label={t(($) => $.nav.label)}>
        {listGroups(me).map(({ group, places }) => (
          <div key={group} className="side-group">
            {group === 'start' ? null : <p className="side-heading">{t(($) => $.nav[group])}</p>}
            {places.map((place) => <PlaceLink key={place.id} place={place} onGo={onGo} />)}
          </div>
        ))}
      </nav>
      <Person onGo={onGo} />
    </div>
  );
}
