import type { APIRequestContext } from '@playwright/test';
import type { BodyOf, DataOf, EndpointId, ParamsOf, QueryOf } from '@lyss/api-types';
import { routes } from '@lyss/api-types/routes.gen';

interface CallInput<I extends EndpointId> {
  params?: ParamsOf<I>;
  query?: QueryOf<I>;
  body?: BodyOf<I>;
  if_match?: number;
}

/** The console API for what a test needs to be there before it begins. Throws with the answer where it is refused. */
export class Api {
  readonly #request: APIRequestContext;
  readonly #url: string;

  /** `request` carries the cookies: a browser context's own, or one made for this. */
  constructor(request: APIRequestContext, url: string) {
    this.#request = request;
    this.#url = url;
  }

  async call<I extends EndpointId>(id: I, input: CallInput<I> = {}): Promise<DataOf<I>> {
    const [method, template] = routes[id];
    const params = { ...(input.params as Record<string, string> | undefined) };
    const path = template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
    const text = await this.#send(method, path, {
      headers: input.if_match === undefined ? {} : { 'if-match': `"${input.if_match}"` },
      ...(input.query ? { params: { ...(input.query as unknown as Record<string, string>) } } : {}),
      ...(input.body ? { data: input.body } : {}),
    });
    // The envelope of the contract, or nothing after a 204.
    return (text === '' ? undefined : (JSON.parse(text) as { data: unknown }).data) as DataOf<I>;
  }

  /** Sends a message and waits until its answer has ended; answers the event stream as it was. */
  ask(conversation_id: string, content: string, model: string): Promise<string> {
    return this.#send('POST', `/api/v1/chat/conversations/${conversation_id}/replies`, { headers: {}, data: { content, model } });
  }

  async #send(method: string, path: string, options: { headers: Record<string, string>; params?: Record<string, string>; data?: unknown }): Promise<string> {
    // The server trusts cookies only from its own page.
    // A connection that was idle may be closed by the server in the instant that it is used again.
    const fetch = (to: string, with_options: object) => this.#request.fetch(`${this.#url}${to}`, { maxRetries: 2, ...with_options, headers: { origin: this.#url, ...options.headers } });
    let response = await fetch(path, { ...options, method });
    // Who makes tenants for a whole run outlives an access token.
    if (response.status() === 401 && (await fetch('/api/v1/auth/refresh', { method: 'POST' })).ok()) response = await fetch(path, { ...options, method });
    const text = await response.text();
    if (!response.ok()) throw new Error(`${method} ${path} answers ${response.status()}: ${text}`);
    return text;
  }
}
