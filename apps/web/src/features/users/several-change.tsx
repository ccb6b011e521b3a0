import { useState } from 'react';
import type { Resent } from './api.ts';
import { ConfirmBulk } from './confirm-bulk.tsx';
import { ConfirmInvitations } from './invite/confirm-invitations.tsx';
import { ResentLinks } from './invite/resent-links.tsx';
import type { BulkAsked } from './use-bulk.ts';

interface SeveralChangeProps {
  asked: BulkAsked;
  onClose: () => void;
  /** People may be gone: none of them is open beside the list any more. */
  onGone: () => void;
}

/** What is asked of several people at once, or of one invitation: the question, and the links where it made some. */
export function SeveralChange({ asked: { change, users, done }, onClose, onGone }: SeveralChangeProps) {
  const [resent, setResent] = useState<Resent | null>(null);
  const letGo = () => {
    done();
    onClose();
  };
  const revoked = () => {
    onGone();
    letGo();
  };
  if (resent) return <ResentLinks answer={resent} onClose={letGo} />;
  if (change === 'resend' || change === 'revoke') return <ConfirmInvitations change={change} users={users} onClose={onClose} onRevoked={revoked} onResent={setResent} />;
  return <ConfirmBulk change={change} users={users} onClose={onClose} onDone={letGo} />;
}
