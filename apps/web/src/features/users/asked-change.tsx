import type { MadeLink } from './api.ts';
import { ConfirmChange } from './confirm-change.tsx';
import { LookDialog } from './look/look-dialog.tsx';
import { ResetFactors } from './reset-factors.tsx';
import { UnlinkPerson } from './unlink-person.tsx';
import type { Asked } from './use-user-actions.ts';
import { EditUserDrawer } from './user-drawer.tsx';

/** What was chosen to be done with one person: its form, or its question. */
export function AskedChange({ asked: { what, user }, onClose, onLink }: { asked: Asked; onClose: () => void; onLink: (name: string, made: MadeLink) => void }) {
  if (what === 'edit') return <EditUserDrawer asked={user} onClose={onClose} />;
  if (what === 'look') return <LookDialog user={user} onClose={onClose} />;
  if (what === 'unlink') return <UnlinkPerson user={user} onClose={onClose} />;
  if (what === 'reset_factors') return <ResetFactors user={user} onClose={onClose} />;
  return <ConfirmChange change={what} asked={user} onClose={onClose} onLink={onLink} />;
}
