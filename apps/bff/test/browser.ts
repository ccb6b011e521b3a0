import type { Answer, BareApp, TestPerson } from './app.ts';
import { PASSWORD } from './app.ts';

/** A browser as the app sees it: it keeps cookies, sends them with its origin, and never shows a token to a page. */
export interface Browser {
  cookies: Map<string, string>;
  call(method: string, path: string, options?: { body?: unknown; headers?: Record<string, string> }): Promise<Answer>;
  signIn(person: Pick<TestPerson, 'email' | 'workspace'>): Promise<Answer>;
}

export const ACCESS_COOKIE = '__Host-lyss_at';
export const REFRESH_COOKIE = '__Host-lyss_rt';

export function openBrowser({ call }: Pick<BareApp, 'call'>): Browser {
  const cookies = new Map<string, string>();
  const send: Browser['call'] = async (method, path, { body, headers = {} } = {}) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await call(method, path, { ...(body === undefined ? {} : { body }), headers: { ...(cookie ? { cookie } : {}), ...headers } });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (line.includes('Max-Age=0')) cookies.delete(name);
      else cookies.set(name, value);
    }
    return answer;
  };
  const signIn: Browser['signIn'] = ({ email, workspace }) => send('POST', '/api/v1/auth/login', { body: { email, password: PASSWORD, workspace } });
  return { cookies, call: send, signIn };
}
