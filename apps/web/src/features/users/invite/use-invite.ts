import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { InvitedLine, LinkDelivery } from '@lyss/api-types';
import { call } from '../../../api/client.ts';
import { useInvitePeople } from '../api.ts';
import { toInviteBody, type InviteDraft } from './invite-draft.ts';
import type { MadeInvitation } from './made-links.tsx';
import type { PreviewedLine } from './wrong-lines.tsx';

interface Previewed {
  draft: InviteDraft;
  lines: PreviewedLine[];
}

/** A list on its way from what was typed over what would become of it to the links that were made. */
export function useInvite(start: InviteDraft) {
  const [draft, keep] = useState(start);
  const [previewed, setPreviewed] = useState<Previewed | null>(null);
  const [made, setMade] = useState<{ people: MadeInvitation[]; left: PreviewedLine[]; delivery: LinkDelivery } | null>(null);
  // One for what is seen in a preview: pressing twice, or again after a lost answer, invites once.
  const key = useRef('');
  const look = useMutation({
    mutationFn: async (typed: InviteDraft): Promise<Previewed> => {
      const { body, lines } = toInviteBody(typed, 'preview');
      const answer = await call('invitations.create', { body });
      return { draft: typed, lines: placeLines(answer.lines, lines) };
    },
    onMutate: keep,
    onSuccess: (seen) => {
      key.current = crypto.randomUUID();
      setPreviewed(seen);
    },
  });
  const invite = useInvitePeople();
  const send = ({ draft: seen, lines }: Previewed) => {
    // Whoever saw lines that can't be invited asks for the others; else nothing may differ from what was seen.
    const mode = lines.every(({ outcome }) => outcome === 'ready') ? 'all' : 'sound';
    const asked = toInviteBody(seen, mode);
    const show = (done: { lines: InvitedLine[]; delivery: LinkDelivery }) => setMade({ people: done.lines.flatMap(toMade), left: placeLines(done.lines, asked.lines).filter(({ outcome }) => outcome !== 'invited'), delivery: done.delivery });
    invite.mutate({ body: asked.body, idempotency_key: key.current }, { onSuccess: show, onError: () => look.mutate(seen) });
  };
  return { draft, previewed, made, look, invite, send, back: () => setPreviewed(null) };
}

const placeLines = (lines: readonly InvitedLine[], places: readonly number[]): PreviewedLine[] => lines.map((line, index) => ({ ...line, line: places[index] ?? 0 }));
const toMade = ({ name, email, invitation }: InvitedLine): MadeInvitation[] => (invitation ? [{ name, email, invitation }] : []);
