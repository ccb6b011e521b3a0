import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));
const apiPort = process.env['LYSS_DEV_API_PORT'] ?? '3001';

/** The static shell needs no stylesheet: links at the end of the page let it paint 300 ms earlier on a slow phone. */
const showShellFirst: Plugin = {
  name: 'show-shell-first',
  transformIndexHtml: {
    order: 'post',
    handler(html) {
      const links = html.match(/<link rel="stylesheet"[^>]*>/g) ?? [];
      return links.reduce((page, link) => page.replace(link, ''), html).replace('</body>', `${links.join('')}</body>`);
    },
  },
};

// One file for the web build, the dev proxy and every test project: nothing about building is configured twice.
export default defineConfig({
  root: `${root}apps/web`,
  plugins: [react(), showShellFirst],
  // The server puts each answer's own nonce in this place.
  html: { cspNonce: '__LYSS_NONCE__' },
  build: {
    outDir: `${root}apps/web/dist`,
    emptyOutDir: true,
    target: 'es2022',
    // Inlined assets would need data: in font-src; the policy of security.md has none.
    assetsInlineLimit: 0,
    manifest: true,
  },
  server: {
    port: Number(process.env['PORT'] ?? 3000),
    strictPort: true,
    proxy: Object.fromEntries(
      ['/api', '/v1', '/health', '/.well-known'].map((path) => [path, { target: `http://127.0.0.1:${apiPort}`, changeOrigin: false }]),
    ),
  },
  test: {
    root,
    projects: [
      { extends: false, test: { name: 'api-types', root, include: ['packages/api-types/src/**/*.test.ts'], environment: 'node' } },
      {
        extends: false,
        test: {
          name: 'bff',
          root,
          include: ['apps/bff/src/**/*.test.ts', 'apps/bff/test/**/*.test.ts'],
          environment: 'node',
          globalSetup: ['apps/bff/test/global-setup.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          // What is awaited is a job's or another process's, on a machine that may be busy.
          expect: { poll: { timeout: 20_000 } },
        },
      },
      {
        extends: true,
        test: { name: 'web', root, include: ['apps/web/src/**/*.test.ts', 'apps/web/src/**/*.test.tsx'], environment: 'happy-dom', setupFiles: ['apps/web/src/app/test-top-layer.ts'] },
      },
      { extends: false, test: { name: 'house', root, include: ['scripts/**/*.test.ts', 'e2e/**/*.test.ts'], environment: 'node', testTimeout: 120_000 } },
    ],
    coverage: { provider: 'v8', include: ['apps/bff/src/**/*.ts', 'packages/api-types/src/**/*.ts'], exclude: ['**/*.test.ts', '**/*.gen.ts'] },
  },
});
