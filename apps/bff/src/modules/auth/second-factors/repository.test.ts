import { expect } from 'vitest';
import { it } from '../../../../test/statements.ts';
import { newId } from '../../../crypto/digest.ts';
import * as challenges from './challenges/repository.ts';
import * as repository from './repository.ts';

it('sends the SQL that a reviewer reads here', async ({ scene, inTenant }) => {
  const { tenancy, user_id } = scene;
  const [id, session_id] = [newId(), newId()];
  const soon = new Date(Date.now() + 60_000);
  const made = { credential_id: Buffer.of(1), public_key: Buffer.of(2), counter: 0, transports: [], is_synced: false };
  const sent = [
    await inTenant((db) => repository.readFactors(db, user_id)),
    await inTenant((db) => repository.replaceAwaitedTotp(db, { id, user_id, sealed_secret: Buffer.of(1), expires_at: soon })),
    await inTenant((db) => repository.findTotp(db, user_id, 'awaited')),
    await inTenant((db) => repository.confirmTotp(db, user_id, id, 1)),
    await inTenant((db) => repository.findTotp(db, user_id, 'confirmed')),
    await inTenant((db) => repository.takeTotpStep(db, id, 2)),
    await inTenant((db) => repository.listPasskeys(db, user_id)),
    await inTenant((db) => repository.findPasskey(db, user_id, Buffer.of(1))),
    await inTenant((db) => repository.insertPasskey(db, user_id, 'Laptop', made)),
    await inTenant((db) => repository.takePasskeyCounter(db, id, 7)),
    await inTenant((db) => repository.lockPasskey(db, user_id, id)),
    await inTenant((db) => repository.removePasskey(db, id)),
    await inTenant((db) => repository.replaceRecoveryCodes(db, user_id, [Buffer.of(1)])),
    await inTenant((db) => repository.takeRecoveryCode(db, user_id, Buffer.of(1))),
    await inTenant((db) => repository.hasShortPassword(db, user_id)),
    await inTenant((db) => repository.findFreshUntil(db, session_id, 300)),
    await inTenant((db) => repository.markProved(db, session_id)),
    await inTenant((db) => challenges.insertChallenge(db, { user_id, purpose: 'second_step', carrier: 'cookie', epoch: 1 })),
    await inTenant((db) => challenges.takeSessionChallenge(db, 'x', { user_id, session_id, purpose: 'proof' })),
    await inTenant((db) => challenges.countTry(db, id, 'cookie')),
    await inTenant((db) => challenges.takeStep(db, id, 'cookie')),
    await inTenant((db) => challenges.removeOldChallenges(db, soon)),
    await scene.sqlOf(() => challenges.findChallengePlace(tenancy, 'x')),
    await scene.sqlOf(() => challenges.findPasskeyPlace(tenancy, Buffer.of(1))),
    await scene.sqlOf(() => challenges.listTenantsWithOldChallenges(tenancy, soon)),
    await scene.sqlOf(() => tenancy.withPlatform(challenges.insertOpenChallenge)),
    await scene.sqlOf(() => tenancy.withPlatform((db) => challenges.takeOpenChallenge(db, 'x'))),
    await scene.sqlOf(() => tenancy.withPlatform((db) => challenges.removeOldOpenChallenges(db, soon))),
  ];
  await expect(`${sent.join('\n\n')}\n`).toMatchFileSnapshot('repository.test.sql');
});
