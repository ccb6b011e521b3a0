import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../spawn-process.ts';
import { soundsSecret } from './kinds.ts';

function* listNames(schema: unknown): Generator<string> {
  if (typeof schema !== 'object' || schema === null) return;
  const { properties } = schema as { properties?: unknown };
  if (typeof properties === 'object' && properties !== null) yield* Object.keys(properties);
  for (const inner of Object.values(schema)) yield* listNames(inner);
}

/** Every name in a body or an answer of the contract that sounds like a secret. */
export function readContractFields(): Set<string> {
  const contract: unknown = JSON.parse(readFileSync(join(root, 'docs/openapi.json'), 'utf8'));
  return new Set([...listNames(contract)].filter((name) => soundsSecret.test(name)));
}
