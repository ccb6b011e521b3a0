export interface SessionTokens {
  access_token: string;
  refresh_token: string;
  /** Seconds until the access token ends. */
  expires_in: number;
  /** Seconds until the session ends whatever happens. */
  session_seconds: number;
}

export interface CookieNames {
  access: string;
  refresh: string;
  /** Of a sign-in elsewhere that this browser has begun. */
  attempt: string;
  secure: boolean;
}

/** `__Host-` ties both cookies to exactly this host over https (or loopback); without https the prefix must go. */
export function nameCookies(secure: boolean): CookieNames {
  const prefix = secure ? '__Host-' : '';
  return { access: `${prefix}lyss_at`, refresh: `${prefix}lyss_rt`, attempt: `${prefix}lyss_sso`, secure };
}

/** The two Set-Cookie values of a session; null clears them. */
export function writeSessionCookies(names: CookieNames, tokens: SessionTokens | null): string[] {
  const flags = `Path=/; HttpOnly; SameSite=Strict${names.secure ? '; Secure' : ''}`;
  if (!tokens) return [names.access, names.refresh].map((name) => `${name}=; ${flags}; Max-Age=0`);
  return [
    `${names.access}=${tokens.access_token}; ${flags}; Max-Age=${tokens.expires_in}`,
    `${names.refresh}=${tokens.refresh_token}; ${flags}; Max-Age=${tokens.session_seconds}`,
  ];
}

/**
 * What ties a browser to the sign-in that it began. Strict, too: whoever comes back lands on our own page, and that page
 * asks for the rest; the cookie never travels with a navigation from elsewhere.
 */
export function writeAttemptCookie(names: CookieNames, { secret, seconds }: { secret: string; seconds: number }): string {
  return `${names.attempt}=${secret}; Path=/; HttpOnly; SameSite=Strict${names.secure ? '; Secure' : ''}; Max-Age=${seconds}`;
}

/** One cookie's value; a name that stands twice counts as absent, since a sibling host may have planted one. */
export function readCookie(header: string | null, name: string): string | null {
  const values = (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
  return values.length === 1 && values[0] ? values[0] : null;
}
