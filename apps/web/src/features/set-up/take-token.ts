const TOKEN = /^[A-Za-z0-9_-]{43}$/;
let held: string | null = null;

/** The link's one-use token: read once, taken out of the address, and from then on only in this page's memory. */
export function takeToken(): string | null {
  const given = new URLSearchParams(location.hash.slice(1)).get('token') ?? new URLSearchParams(location.search).get('token');
  if (given !== null) {
    history.replaceState(null, '', location.pathname);
    if (TOKEN.test(given)) held = given;
  }
  return held;
}
