// Who may import whom: docs/map.md in rules. scripts/import-rules.test.ts plants a violation of each and sees it caught.
const bff = '^apps/bff/src';
const web = '^apps/web/src';
const tests = '\\.(test|bench)\\.tsx?$|/test-[^/]+\\.ts$|/samples/';
const pkg = (names) => `(^|node_modules/)(${names})(/|$)`;

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'contract-is-a-leaf', severity: 'error', from: { path: '^packages/api-types/src', pathNot: tests }, to: { path: '.', pathNot: `^packages/api-types/src|${pkg('zod')}` } },
    { name: 'apps-import-no-apps', severity: 'error', from: { path: '^apps/([^/]+)/' }, to: { path: '^apps/([^/]+)/', pathNot: '^apps/$1/' } },
    { name: 'modules-import-no-modules', severity: 'error', from: { path: `${bff}/modules/([^/]+)/`, pathNot: tests }, to: { path: `${bff}/modules/([^/]+)/`, pathNot: `${bff}/modules/$1/` } },
    { name: 'rooms-import-no-modules', severity: 'error', from: { path: `${bff}/(http|db|crypto|egress|cache|mail|providers|jobs|streams|exports|audit|telemetry)/`, pathNot: tests }, to: { path: `${bff}/modules/` } },
    { name: 'routes-touch-no-sql', severity: 'error', from: { path: '/routes\\.ts$' }, to: { path: `/repository\\.ts$|${bff}/db/` } },
    { name: 'hono-in-http-only', severity: 'error', from: { path: `${bff}/`, pathNot: `${bff}/(http/|app\\.ts|start-server\\.ts|modules/.*/routes\\.ts)|${tests}` }, to: { path: pkg('hono|@hono/[^/]+') } },
    { name: 'sql-in-db-and-repositories-only', severity: 'error', from: { path: `${bff}/`, pathNot: `${bff}/db/|/repository\\.ts$|${tests}` }, to: { path: pkg('kysely|pg') } },
    { name: 'ciphers-in-crypto-only', severity: 'error', from: { path: `${bff}/`, pathNot: `${bff}/crypto/|${tests}` }, to: { path: `${pkg('jose|@node-rs/argon2')}|^(node:)?crypto$`, dependencyTypesNot: ['type-only'] } },
    { name: 'sockets-in-egress-only', severity: 'error', from: { path: `${bff}/`, pathNot: `${bff}/(egress|db|cache)/|${bff}/http/operations\\.ts|${tests}` }, to: { path: `${pkg('undici')}|^(node:)?(net|tls|dgram|dns|dns/promises|http|https|http2)$`, dependencyTypesNot: ['type-only'] } },
    { name: 'mail-in-its-room-only', severity: 'error', from: { path: `${bff}/`, pathNot: `${bff}/mail/|${tests}` }, to: { path: pkg('nodemailer') } },
    { name: 'features-import-no-features', severity: 'error', from: { path: `${web}/features/([^/]+)/`, pathNot: tests }, to: { path: `${web}/features/([^/]+)/`, pathNot: `${web}/features/$1/` } },
    { name: 'ui-knows-nothing', severity: 'error', from: { path: `${web}/ui/`, pathNot: tests }, to: { path: `${web}/(api|session|features)/` } },
    { name: 'no-schemas-in-the-browser', severity: 'error', from: { path: `${web}/`, pathNot: tests }, to: { path: `^packages/api-types/src/(?!(routes\\.gen|error|permission|words|import-sizes|judge-logo)\\.ts$)|${pkg('zod')}`, dependencyTypesNot: ['type-only'] } },
    { name: 'e2e-knows-only-the-contract', severity: 'error', from: { path: '^e2e/' }, to: { path: '^(apps|bench|scripts)/' } },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: `${tests}|\\.d\\.ts$|(^|/)(main|cli)\\.tsx?$|^(e2e|bench)/|\\.(css|svg)$|vite-env|/scripts/|^scripts/|/samples/` },
      to: {},
    },
    { name: 'nothing-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Of ours alone: most packages keep what we import in a `dist` too.
    exclude: { path: '^(apps/bff/dist|apps/web/dist|coverage|reports)/' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'], extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.css'] },
  },
};
