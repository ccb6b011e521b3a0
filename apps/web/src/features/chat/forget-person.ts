import { useSession } from '../../session/session-store.ts';
import { removeDrafts } from './composer/draft.ts';
import { leaveReplies } from './replies/follow-reply.ts';
import { forgetReplies } from './replies/live-store.ts';
import { forgetKeys } from './replies/send-keys.ts';

// Whoever signs in next in this tab finds nothing of the person before.
useSession.subscribe((session) => {
  if (session.state !== 'signed_out') return;
  leaveReplies();
  removeDrafts();
  forgetReplies();
  forgetKeys();
});
