import { createRequire } from 'node:module';
import { join } from 'node:path';
import { randomToken } from '../crypto/digest.ts';
import { AppError } from '../errors.ts';
import { createAssets } from './assets.ts';

const files = new Set(['swagger-ui.css', 'swagger-ui-bundle.js']);
const FOR_A_DAY = 'public, max-age=86400';
const NONCE_BYTES = 16;

/** The API page: Swagger UI from this very server, reading /api/v1/openapi.json. */
export function createDocs(): (request: Request) => Promise<Response> {
  const { absolutePath } = createRequire(import.meta.url)('swagger-ui-dist/absolute-path.js') as { absolutePath?: () => string };
  const folder = absolutePath?.() ?? join(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'), '..');
  const sendAsset = createAssets();
  return async (request) => {
    const name = new URL(request.url).pathname.replace(/^\/api\/v1\/docs\/?/, '');
    if (name === '') return sendPage();
    if (!files.has(name)) throw new AppError('RESOURCE_NOT_FOUND');
    return sendAsset(join(folder, name), FOR_A_DAY, request);
  };
}

function sendPage(): Response {
  const nonce = randomToken(NONCE_BYTES);
  const page = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Lyss API</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/api/v1/docs/swagger-ui.css"></head>
<body><div id="api"></div>
<script nonce="${nonce}" src="/api/v1/docs/swagger-ui-bundle.js"></script>
<script nonce="${nonce}">SwaggerUIBundle({ url: '/api/v1/openapi.json', dom_id: '#api', deepLinking: true, supportedSubmitMethods: [] });</script>
</body></html>`;
  return new Response(page, { headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', 'content-security-policy': docsPolicy(nonce) } });
}

/** Swagger UI writes HTML, so this page alone goes without Trusted Types; it shows the contract and sends nothing. */
function docsPolicy(nonce: string): string {
  return `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
}
