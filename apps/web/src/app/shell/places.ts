import type { Me } from '@lyss/api-types';
import type { Permission } from '@lyss/api-types/permission';
import { AtIcon, BarsIcon, BuildingIcon, ChatIcon, CubeIcon, DoorIcon, GaugeIcon, HomeIcon, KeyIcon, PeopleIcon, PlugIcon, PulseIcon, ScrollIcon, ShieldIcon, SlidersIcon, type ShellIcon } from './shell-icons.tsx';

export type PlaceId = 'overview' | 'chat' | 'suppliers' | 'models' | 'users' | 'roles' | 'budgets' | 'api_keys' | 'usage' | 'requests' | 'audit' | 'settings' | 'single_sign_on' | 'tenants' | 'sign_in_domains' | 'platform_audit';
export type GroupId = 'start' | 'build' | 'supply' | 'govern' | 'operate';

export interface Place {
  id: PlaceId;
  group: GroupId;
  to: '/' | '/chat' | '/suppliers' | '/models' | '/users' | '/roles' | '/budgets' | '/api-keys' | '/usage' | '/requests' | '/audit' | '/settings' | '/single-sign-on' | '/sign-in-domains' | '/tenants' | '/platform-audit';
  icon: ShellIcon;
  /** Null for what anybody signed in may open. */
  permission: Permission | null;
  /** Opens it too. */
  other?: Permission;
  /** Pressed after G. */
  key: string;
}

const places: Place[] = [
  { id: 'overview', group: 'start', to: '/', icon: HomeIcon, permission: null, key: 'o' },
  { id: 'chat', group: 'start', to: '/chat', icon: ChatIcon, permission: 'chat.use', key: 'c' },
  { id: 'api_keys', group: 'build', to: '/api-keys', icon: KeyIcon, permission: 'api_keys.use', other: 'api_keys.manage', key: 'k' },
  { id: 'suppliers', group: 'supply', to: '/suppliers', icon: PlugIcon, permission: 'suppliers.read', key: 's' },
  { id: 'models', group: 'supply', to: '/models', icon: CubeIcon, permission: 'models.read', key: 'm' },
  { id: 'users', group: 'govern', to: '/users', icon: PeopleIcon, permission: 'users.read', key: 'u' },
  { id: 'roles', group: 'govern', to: '/roles', icon: ShieldIcon, permission: 'roles.read', key: 'r' },
  { id: 'budgets', group: 'govern', to: '/budgets', icon: GaugeIcon, permission: 'budgets.read', key: 'b' },
  { id: 'usage', group: 'govern', to: '/usage', icon: BarsIcon, permission: 'usage.read', key: 'y' },
  { id: 'requests', group: 'govern', to: '/requests', icon: PulseIcon, permission: 'usage.read', key: 'q' },
  { id: 'audit', group: 'govern', to: '/audit', icon: ScrollIcon, permission: 'audit.read', key: 'a' },
  { id: 'settings', group: 'govern', to: '/settings', icon: SlidersIcon, permission: 'settings.read', key: 'e' },
  { id: 'single_sign_on', group: 'govern', to: '/single-sign-on', icon: DoorIcon, permission: 'sso.manage', key: 'i' },
  { id: 'tenants', group: 'operate', to: '/tenants', icon: BuildingIcon, permission: 'tenants.read', key: 't' },
  { id: 'sign_in_domains', group: 'operate', to: '/sign-in-domains', icon: AtIcon, permission: 'tenants.read', key: 'd' },
  { id: 'platform_audit', group: 'operate', to: '/platform-audit', icon: ScrollIcon, permission: 'platform_audit.read', key: 'l' },
];

/** Where a person may go, in the sidebar's order. */
export function listPlaces(me: Me): Place[] {
  return places.filter(({ permission, other }) => permission === null || me.permissions.includes(permission) || (other !== undefined && me.permissions.includes(other)));
}

/** The same by job; groups without a place are not there. */
export function listGroups(me: Me): { group: GroupId; places: Place[] }[] {
  const mine = listPlaces(me);
  const groups: GroupId[] = ['start', 'build', 'supply', 'govern', 'operate'];
  return groups.map((group) => ({ group, places: mine.filter((place) => place.group === group) })).filter((entry) => entry.places.length > 0);
}
