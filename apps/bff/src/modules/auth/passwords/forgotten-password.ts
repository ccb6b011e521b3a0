import type { AskResetInput, LetterFailure } from '@lyss/api-types';
import type { Caller } from '../../../actor.ts';
import { appendAudit } from '../../../audit/append.ts';
import { newId, randomToken, sha256 } from '../../../crypto/digest.ts';
import { createTurnstile } from '../../../crypto/turnstile.ts';
import type { Tenancy } from '../../../db/tenancy.ts';
import { networkOf } from '../../../http/request-facts.ts';
import type { Outbox } from '../../../mail/outbox.ts';
import { listSignInCandidates, lockPerson, type SignInCandidate } from '../repository.ts';
import { ThrottledError, type AttemptLimit } from '../throttle.ts';
import { writeResetLetter } from './letters.ts';
import * as repository from './repository.ts';

export interface ForgottenPorts {
  tenancy: Tenancy;
  outbox: Outbox;
  public_url: URL;
  accounts: AttemptLimit;
  networks: AttemptLimit;
  onError(error: unknown): void;
}

export interface ForgottenPasswords {
  /** Counts the network, then looks behind the answer. Throws 1005 for a network that asks too often, of whomever. */
  ask(input: AskResetInput, caller: Caller): Promise<void>;
  /** Waits until everything that was asked is done. */
  close(): Promise<void>;
}

const LIFETIME_MS = 15 * 60_000;
// An address in more workspaces than this must say which one it means.
const CANDIDATES = 4;
/** Letters with a living link that one person gets at most: more of them help nobody. */
const LINKS = 3;
const LIMITS = { at_once: 2, waiting: 500 };
/** Looking begins at a moment of its own, so that not even the next request's time tells what was found. */
const DELAY_MS = 500;

const tooMany = () => new Error('too many forgotten passwords at once');

/** Links for people who forgot their password. Whether an address is known shows in no answer and in no time. */
export function createForgottenPasswords(ports: ForgottenPorts): ForgottenPasswords {
  const turnstile = createTurnstile({ ...LIMITS, refuse: tooMany });
  const working = new Set<Promise<void>>();
  return {
    async ask(input, caller) {
      await ports.networks.take(networkOf(caller.address));
      if (working.size >= LIMITS.waiting) return ports.onError(tooMany());
      const turn = new Promise((resolve) => setTimeout(resolve, Math.random() * DELAY_MS))
        .then(() => turnstile.pass(() => look(ports, input, caller)))
        .catch((error: unknown) => void (error instanceof ThrottledError || ports.onError(error)))
        .finally(() => working.delete(turn));
      working.add(turn);
    },
    async close() {
      while (working.size > 0) await Promise.all(working);
    },
  };
}

async function look(ports: ForgottenPorts, input: AskResetInput, caller: Caller): Promise<void> {
  await ports.accounts.take(sha256(input.email.toLowerCase()).toString('hex'));
  const candidates = await listSignInCandidates(ports.tenancy, input.email, input.workspace ?? null);
  const active = candidates.filter(({ user_status, tenant_state }) => user_status === 'active' && tenant_state === 'active');
  for (const candidate of active.slice(0, CANDIDATES)) await sendLink(ports, candidate, caller);
}

async function sendLink({ tenancy, outbox, public_url }: ForgottenPorts, { tenant_id, user_id }: SignInCandidate, caller: Caller): Promise<void> {
  const [id, token] = [newId(), randomToken()];
  const owner = await tenancy.withTenant(tenant_id, async (db) => {
    // In turn: two at once would both find room for one more link.
    await lockPerson(db, user_id);
    const person = await repository.getPasswordOwner(db, user_id);
    const enough = outbox.is_configured && (await repository.countAskedLinks(db, user_id)) >= LINKS;
    const reason = person.passwords_closed && !person.roles.includes('super_admin') ? 'sso_only' : enough ? 'links_outstanding' : null;
    const details = { delivery: outbox.is_configured ? 'letter' : 'no_mail_server', ...(reason ? { reason } : {}) };
    const entry = { action: 'users.password_reset_asked', resource_type: 'user', resource_id: user_id, details };
    await appendAudit(db, { actor: null, caller }, { ...entry, ...(reason ? { outcome: 'refused' as const } : {}) });
    if (reason || !outbox.is_configured) return null;
    await repository.insertAskedLink(db, { id, user_id, token_hash: sha256(token), expires_at: new Date(Date.now() + LIFETIME_MS) });
    return person;
  });
  if (!owner) return;
  const url = new URL(`/password-reset/${token}`, public_url).href;
  const note = (failure: LetterFailure | null) => tenancy.withTenant(tenant_id, (db) => repository.noteLetter(db, id, failure));
  outbox.post({ to: owner.email, ...writeResetLetter(owner.locale, owner.tenant_name, url) }, note);
}
