import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface RealIssuer {
  issuer: string;
  host: string;
  client_id: string;
  client_secret: string;
  /** Somebody goes to the address with a browser of their own, signs in as `login`, and comes back to ours: its query. */
  visit(url: string, login: string): Promise<Record<string, string>>;
  close(): Promise<void>;
}

const PROGRAM = fileURLToPath(new URL('./issuer/main.ts', import.meta.url));

/** A real provider as a process, over real sockets. */
export async function startRealIssuer(redirect_uris: string[]): Promise<RealIssuer> {
  const child = spawn(process.execPath, [PROGRAM, ...redirect_uris], { stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const line = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).on('line', (text) => text.startsWith('{') && resolve(text));
    void ended.then(() => reject(new Error('the provider ended')));
  });
  const { issuer, client_id, client_secret } = JSON.parse(line) as Record<'issuer' | 'client_id' | 'client_secret', string>;
  return {
    ...{ issuer, client_id, client_secret, host: new URL(issuer).host },
    visit: (url, login) => visit(new URL(url), issuer, login),
    async close() {
      child.kill();
      await ended;
    },
  };
}

async function visit(first: URL, issuer: string, login: string): Promise<Record<string, string>> {
  const cookies = new Map<string, string>();
  let url = first;
  let form: URLSearchParams | null = null;
  for (let steps = 0; steps < 12; steps++) {
    if (url.origin !== issuer) return Object.fromEntries(url.searchParams);
    const headers = { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') };
    const response: Response = await fetch(url, { redirect: 'manual', headers, ...(form ? { method: 'POST', body: form } : {}) });
    for (const cookie of response.headers.getSetCookie()) {
      const [name = '', value = ''] = cookie.split(';', 1)[0]?.split('=') ?? [];
      cookies.set(name, value);
    }
    const next = response.headers.get('location');
    form = next === null ? new URLSearchParams(login === 'refuse' ? { refuse: '1' } : { login }) : null;
    if (next !== null) url = new URL(next, url);
    else if (response.status !== 200) throw new Error(`the provider answered ${response.status}: ${await response.text()}`);
  }
  throw new Error('the provider sends round in circles');
}
