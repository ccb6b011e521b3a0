import type { ApiResponse, BodyOf, DataOf, EndpointId, ParamsOf, QueryOf } from '@lyss/api-types';
import { errorTable } from '@lyss/api-types/error';
import { routes } from '@lyss/api-types/routes.gen';
import { tokenState } from '../session/tabs.ts';
import { ApiFailure, offlineFailure, readFailure, signedOutFailure } from './failure.ts';
import { refreshOnce } from './refresh.ts';
import { send, type Outgoing } from './send.ts';

export { ApiFailure } from './failure.ts';

export interface CallInput<I extends EndpointId> {
  params?: ParamsOf<I>;
  query?: QueryOf<I>;
  body?: BodyOf<I>;
  /** The version that was read: the server answers 412 where somebody else was faster. */
  if_match?: number;
  idempotency_key?: string;
  signal?: AbortSignal;
}

const TIMEOUT_MS = 30_000;
// A supplier's live test waits for five steps at the supplier.
const slow: Partial<Record<EndpointId, number>> = {
  'suppliers.test': 90_000,
  'suppliers.testSaved': 90_000,
  'suppliers.create': 90_000,
  'suppliers.replace': 90_000,
  'suppliers.rotate': 90_000,
};
/** Endpoints that answer visitors: a 401 of theirs is about what was sent, not about the session. */
const open = new Set<EndpointId>(['setup.read', 'setup.complete', 'auth.login', 'auth.refresh', 'auth.readInvitation', 'auth.acceptInvitation', 'passwords.askReset', 'passwords.readReset', 'passwords.reset', 'sso.discover', 'sso.start', 'sso.finish', 'secondStep.complete', 'secondStep.passkeyOptions', 'secondStep.passkey']);
const renewable = new Set<ApiFailure['code']>([errorTable.UNAUTHORIZED.code, errorTable.TOKEN_EXPIRED.code, errorTable.TOKEN_INVALID.code]);

function buildUrl(path: string, params: object, query: object): string {
  const values = new Map(Object.entries(params));
  const filled = path.replace(/\{(\w+)\}/g, (_whole, name: string) => encodeURIComponent(String(values.get(name))));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined && value !== '') search.set(name, String(value));
  return search.size === 0 ? filled : `${filled}?${search}`;
}

export function buildCall<I extends EndpointId>(id: I, input: CallInput<I>, headers: Record<string, string> = {}): Outgoing {
  const [method, path] = routes[id];
  // A write without a body still says that it is JSON: the server takes nothing else from a browser.
  const body = input.body ?? (method === 'GET' || method === 'DELETE' ? undefined : {});
  return {
    method,
    url: buildUrl(path, (input.params ?? {}) as object, (input.query ?? {}) as object),
    body,
    signal: input.signal,
    timeout_ms: slow[id] ?? TIMEOUT_MS,
    headers: {
      ...(input.if_match === undefined ? {} : { 'if-match': `"${input.if_match}"` }),
      ...(input.idempotency_key === undefined ? {} : { 'idempotency-key': input.idempotency_key }),
      ...headers,
    },
  };
}

/** Sends, and where the access token has ended refreshes once and sends once more. Throws ApiFailure. */
export async function sendSignedIn(id: EndpointId, outgoing: Outgoing): Promise<Response> {
  if (open.has(id)) return accept(await send(outgoing));
  if (tokenState() === 'expired' && !(await refreshOnce(Date.now()))) throw signedOutFailure();
  const sent_at = Date.now();
  const response = await send(outgoing);
  if (response.status !== 401) return accept(response);
  const failure = await readFailure(response);
  if (!renewable.has(failure.code) || !(await refreshOnce(sent_at))) throw failure;
  return accept(await send(outgoing));
}

async function accept(response: Response): Promise<Response> {
  if (!response.ok) throw await readFailure(response);
  return response;
}

/** Calls one endpoint of the contract and answers its `data` (undefined for 204). Throws ApiFailure, or the caller's abort. */
export async function call<I extends EndpointId>(id: I, input: CallInput<I> = {}): Promise<DataOf<I>> {
  const response = await sendSignedIn(id, buildCall(id, input));
  // 204 carries nothing, and the contract types its data as nothing.
  if (response.status === 204) return undefined as DataOf<I>;
  const body = (await response.json().catch(() => null)) as ApiResponse<DataOf<I>> | null;
  if (body === null) throw input.signal?.aborted ? input.signal.reason : offlineFailure();
  return body.data;
}
