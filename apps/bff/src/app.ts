import { Hono } from 'hono';
import { listEndpoints } from '@lyss/api-types';
import type { Context as AppContext } from './context.ts';
import { AppError } from './errors.ts';
import { mountRoutes, type Env } from './http/mount.ts';
import { logFailure, observeRequest } from './http/observe.ts';
import { renderError, renderOauthError } from './http/on-error.ts';
import { readCaller } from './http/request-facts.ts';
import { SessionEnded } from './http/route.ts';
import { setSecurityHeaders } from './http/security-headers.ts';
import { writeSessionCookies } from './http/session-cookie.ts';

const TOKEN_PATH = '/api/v1/auth/token';

/** The whole HTTP surface over one context: request facts, log and headers around the contract's routes; then the console. */
export function createApp(context: AppContext): Hono<Env> {
  const app = new Hono<Env>();
  app.use(async (c, next) => {
    const started = performance.now();
    // The socket is absent where a test calls the app without a port.
    const peer = (c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined)?.incoming?.socket?.remoteAddress ?? '127.0.0.1';
    c.set('caller', readCaller(c.req.raw, peer, context.config.LYSS_TRUST_PROXY));
    await next();
    const { request_id } = c.get('caller');
    c.res.headers.set('x-request-id', request_id);
    setSecurityHeaders(c.res.headers, { https: context.config.public_url.protocol === 'https:', trusted: context.config.secure_cookies });
    const seen = { method: c.req.method, route: templateOf(c.req.path, c.req.method), status: c.res.status, request_id, duration_ms: performance.now() - started };
    observeRequest(context, seen);
  });
  app.onError((error, c) => {
    const caller = c.get('caller');
    logFailure(context.log, error, caller.request_id);
    if (c.req.path === TOKEN_PATH) return renderOauthError(error, caller.locale);
    const response = renderError(error, caller);
    if (error instanceof SessionEnded) for (const cookie of writeSessionCookies(context.doors.cookies, null)) response.headers.append('set-cookie', cookie);
    return response;
  });

  mountFixed(app, context);
  app.use('/api/*', async (_c, next) => {
    if (context.isDraining()) throw new AppError('SERVICE_UNAVAILABLE', { retry_after_s: 5 });
    await next();
  });
  mountRoutes(app, context.routes, context.doors);
  refuseIncomplete(context);
  app.all('/api/*', () => refuseUnknown());
  // What programs ask for is never the console's page: a scraper or an SDK would take it for an answer.
  for (const path of ['/v1/*', '/metrics/*', '/health/*', '/.well-known/*']) app.all(path, () => refuseUnknown());
  app.get('*', (c) => context.console(c.req.raw));
  app.notFound(() => refuseUnknown());
  return app;
}

/** What is served without a route of the contract: health, keys, and the contract itself. */
function mountFixed(app: Hono<Env>, context: AppContext): void {
  app.get('/health/live', (c) => c.json({ status: 'live' }));
  app.get('/health/ready', async (c) => {
    const { ready, dependencies } = await context.readiness();
    return c.json({ status: ready ? 'ready' : 'not_ready', dependencies }, ready ? 200 : 503, { 'cache-control': 'no-store' });
  });
  app.get('/.well-known/jwks.json', async (c) => c.json(await context.publicJwks(), 200, { 'cache-control': 'public, max-age=300' }));
  app.get('/api/v1/openapi.json', (c) => c.body(context.openapi(), 200, { 'content-type': 'application/json; charset=utf-8' }));
  app.get('/api/v1/docs', (c) => context.docs(c.req.raw));
  app.get('/api/v1/docs/*', (c) => context.docs(c.req.raw));
}

function refuseUnknown(): never {
  throw new AppError('RESOURCE_NOT_FOUND');
}

/** Start-up fails for an endpoint of the contract that nothing serves. */
function refuseIncomplete(context: AppContext): void {
  const served = new Set(context.routes.map(({ endpoint }) => endpoint));
  const missing = listEndpoints().filter(([, endpoint]) => !served.has(endpoint));
  if (missing.length > 0) throw new Error(`no route for ${missing.map(([id]) => id).join(', ')}`);
}

const templates = listEndpoints().map(([, { method, path }]) => ({
  method: method as string,
  path,
  pattern: new RegExp(`^${path.replace(/[.]/g, '\\.').replace(/\{\w+\}/g, '[^/]+')}$`),
}));

/** What logs and metrics call a path: the endpoint's template, so that no id and no query gets into them. */
function templateOf(path: string, method: string): string {
  return templates.find((template) => template.method === method && template.pattern.test(path))?.path ?? (path.startsWith('/api/') ? '/api/*' : '/*');
}
