/** The address that was typed on the sign-in page: it came with the history entry, never in the URL. */
export function readTypedEmail(): string {
  const state: unknown = history.state;
  const email = typeof state === 'object' && state !== null && 'email' in state ? state.email : null;
  return typeof email === 'string' ? email : '';
}
