import type { RouteComponent } from '@tanstack/react-router';
import type { Permission } from '@lyss/api-types/permission';
import { useCan } from '../../session/session-store.ts';
import { NoPermission } from '../../ui/states/state.tsx';
import { useTexts } from '../i18n/use-texts.ts';

function Denied() {
  const t = useTexts('app');
  return <NoPermission title={t(($) => $.route.denied)} who={t(($) => $.route.denied_line)} />;
}

/** A page for those with a permission; others are told who can grant it. The server decides again on every call. */
export function allowed(permission: Permission, Page: RouteComponent): RouteComponent {
  function Allowed() {
    return useCan(permission) ? <Page /> : <Denied />;
  }
  // The router preloads a lazy page through this member; without it the first click would wait for the code.
  return Object.assign(Allowed, Page.preload ? { preload: Page.preload } : {});
}
