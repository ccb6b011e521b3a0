// Writes docs/openapi.json from the contract. With --check it writes nothing and fails on drift or a reference to nowhere.
import { readFileSync, writeFileSync } from 'node:fs';
import manifest from '../package.json' with { type: 'json' };
import { buildOpenapi } from '../src/http/openapi.ts';

const target = new URL('../../../docs/openapi.json', import.meta.url);
const document = buildOpenapi(manifest.version);

/**
 * Every `$ref` of the document that leads nowhere in it.
 * @param {unknown} value
 * @returns {string[]}
 */
function listDeadReferences(value) {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === '$ref' && typeof inner === 'string' ? (leadsSomewhere(inner) ? [] : [inner]) : listDeadReferences(inner)));
}

/** @param {string} reference A JSON pointer (RFC 6901) into this document. */
function leadsSomewhere(reference) {
  const steps = reference.split('/').slice(1).map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  /** @type {unknown} */
  let place = document;
  for (const step of steps) place = place !== null && typeof place === 'object' ? Object.entries(place).find(([key]) => key === step)?.[1] : undefined;
  return reference.startsWith('#/') && place !== undefined;
}

const dead = listDeadReferences(document);
if (dead.length > 0) {
  console.error(`docs/openapi.json would refer to what is not in it: ${dead.join(', ')}`);
  process.exit(1);
}
const text = `${JSON.stringify(document, null, 2)}\n`;

if (!process.argv.includes('--check')) writeFileSync(target, text);
else if (readFileSync(target, 'utf8') !== text) {
  console.error('docs/openapi.json has drifted: run `npm run generate -w @lyss/bff`');
  process.exit(1);
}
