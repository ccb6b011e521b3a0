import { Link, type RouteComponent } from '@tanstack/react-router';
import { listPermissions, type Permission } from '@lyss/api-types/permission';
import { useCan, useMe } from '../../session/session-store.ts';
import { NoPermission } from '../../ui/states/state.tsx';
import { useTexts } from '../i18n/use-texts.ts';
import { paths } from '../paths.ts';
import { useTitle } from '../use-title.ts';
import { HomeLink } from './route-states.tsx';

/** Who can give a permission: whoever has it. What no tenant has is the platform's own. */
function findGranter(permission: Permission): 'tenant_admin' | 'super_admin' {
  return listPermissions(['tenant_admin']).includes(permission) ? 'tenant_admin' : 'super_admin';
}

function Denied({ permission }: { permission: Permission }) {
  const t = useTexts('app');
  const granter = findGranter(permission);
  // An operator without a second factor holds the permission, and it waits.
  const isLocked = useMe().second_factor.withheld === 'platform' && granter === 'super_admin';
  useTitle(isLocked ? t(($) => $.route.locked) : t(($) => $.route.denied));
  if (isLocked) {
    const enrol = <Link className="ui-button is-primary is-middle" {...paths.secondFactor()}>{t(($) => $.route.unlock)}</Link>;
    return <NoPermission whole title={t(($) => $.route.locked)} who={t(($) => $.route.locked_line)} action={enrol} />;
  }
  return <NoPermission whole title={t(($) => $.route.denied)} who={t(($) => $.route.granted_by[granter])} action={<HomeLink />} />;
}

/** A page for those with a permission, or with the other that opens it too; others are told who can grant it. The server decides again on every call. */
export function allowed(permission: Permission, Page: RouteComponent, other = permission): RouteComponent {
  function Allowed() {
    const can = [useCan(permission), useCan(other)];
    return can.includes(true) ? <Page /> : <Denied permission={permission} />;
  }
  // The router preloads a lazy page through this member; without it the first click would wait for the code.
  return Object.assign(Allowed, Page.preload ? { preload: Page.preload } : {});
}
