import type { createApp } from '../app.ts';

export interface DemoClient {
  /** Calls the app in this process; the answer's data, or a thrown failure. A stream is read to its end. */
  send(method: string, path: string, options?: { token?: string; body?: unknown }): Promise<unknown>;
  signIn(email: string, password: string, workspace: string): Promise<string>;
}

/** The API as a caller sees it, without a port. */
export function createDemoClient(app: ReturnType<typeof createApp>, origin: string): DemoClient {
  const request = async (method: string, path: string, headers: Record<string, string>, body?: string) => {
    const response = await app.request(`${origin}${path}`, { method, headers: { origin, 'accept-language': 'en-US', ...headers }, ...(body === undefined ? {} : { body }) });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return response.headers.get('content-type')?.startsWith('application/json') ? (JSON.parse(text) as Record<string, unknown>) : {};
  };
  return {
    async send(method, path, { token, body } = {}) {
      const headers: Record<string, string> = { ...(token ? { authorization: `Bearer ${token}` } : {}), ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
      return (await request(method, path, headers, body === undefined ? undefined : JSON.stringify(body)))['data'];
    },
    async signIn(username, password, workspace) {
      const form = new URLSearchParams({ grant_type: 'password', username, password, workspace });
      const answer = await request('POST', '/api/v1/auth/token', { 'content-type': 'application/x-www-form-urlencoded' }, form.toString());
      return String(answer['access_token']);
    },
  };
}
