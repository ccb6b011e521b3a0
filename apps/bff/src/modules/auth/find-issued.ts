import type { AccessTokens } from '../../crypto/access-token.ts';
import type { RefreshTokens } from '../../crypto/refresh-token.ts';
import type { FindIssued } from '../../http/count-call.ts';

/** Knows tokens of ours by their seal or signature alone: the database is asked nothing, so garbage costs it nothing. */
export function createFindIssued(refreshTokens: RefreshTokens, accessTokens: AccessTokens): FindIssued {
  return async ({ access_token, refresh_token }) => {
    const mark = refresh_token ? refreshTokens.findMark(refresh_token) : null;
    if (mark || !access_token) return mark;
    const claims = await accessTokens.verify(access_token).catch(() => null);
    return claims?.sid ?? null;
  };
}
