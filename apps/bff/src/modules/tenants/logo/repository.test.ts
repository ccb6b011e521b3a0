import { expect } from 'vitest';
import { it } from '../../../../test/statements.ts';
import { newId } from '../../../crypto/digest.ts';
import * as repository from './repository.ts';

it('sends the SQL that a reviewer reads here', async ({ inTenant }) => {
  const logo = { id: newId(), media_type: 'image/png' as const, width: 32, height: 24, bytes: 3, content: 'AAAA' };
  const sent = [
    await inTenant(repository.findLogo),
    await inTenant((db) => repository.findLogoContent(db, logo.id)),
    await inTenant((db) => repository.replaceLogo(db, logo)),
    await inTenant(repository.deleteLogo),
  ];
  await expect(`${sent.join('\n\n')}\n`).toMatchFileSnapshot('repository.test.sql');
});
