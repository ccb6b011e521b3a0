import { vi } from 'vitest';

export interface Seen {
  method: string;
  path: string;
  headers: Headers;
  body: unknown;
}
type Answer = (seen: Seen) => Response | Promise<Response>;

/** An enveloped success, as the BFF writes it. */
export function ok(data: unknown, status = 200): Response {
  return Response.json({ success: true, data, request_id: 'r-1', timestamp: '2026-11-23T00:00:00.000Z' }, { status });
}

/** An enveloped refusal, as the BFF writes it. */
export function refused(status: number, code: string, details?: object, headers: Record<string, string> = {}): Response {
  const error = { code, message: `refused ${code}`, ...(details ? { details } : {}) };
  return Response.json({ success: false, error, request_id: 'r-2', timestamp: '2026-11-23T00:00:00.000Z' }, { status, headers });
}

/** Puts a server made of `answers` ("POST /api/v1/auth/login" → answer) behind fetch for one test, and notes every call. */
export function serve(answers: Record<string, Answer>): Seen[] {
  const calls: Seen[] = [];
  vi.stubGlobal('fetch', async (url: string, init: RequestInit = {}) => {
    const method = init.method ?? 'GET';
    const seen: Seen = { method, path: url, headers: new Headers(init.headers), body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined };
    calls.push(seen);
    const answer = answers[`${method} ${url.split('?')[0]}`];
    if (!answer) throw new Error(`the test's server knows no ${method} ${url}`);
    return answer(seen);
  });
  return calls;
}

/** A person with the given permissions, complete as the contract's Me. */
export function person(permissions: readonly string[] = ['chat.use'], changes: object = {}) {
  return {
    id: '0198c0de-0000-7000-8000-000000000001',
    email: 'lin@example.com',
    name: '林知远',
    roles: ['tenant_admin'],
    custom_roles: [] as { id: string; name: string }[],
    permissions,
    tenant: { id: '0198c0de-0000-7000-8000-000000000002', name: '云栖科技', workspace: 'yunqi', currency: 'CNY', time_zone: 'Asia/Shanghai', passwords_closed: false, logo: null },
    preferences: { theme: 'system', locale: 'zh-CN', time_zone: null, columns: {} },
    second_factor: { enrolled: false, demanded: false, withheld: 'nothing' },
    shortest_password: 15,
    insecure_transport: false,
    version: 3,
    ...changes,
  };
}
