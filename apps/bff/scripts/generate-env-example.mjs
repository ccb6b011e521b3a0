// Writes .env.example from config.ts: every setting, what it is for and its default. With --check it writes nothing and fails on drift.
import { readFileSync, writeFileSync } from 'node:fs';
import { settings } from '../src/config.ts';

const target = new URL('../../../.env.example', import.meta.url);
const WIDTH = 100;

/** @param {string} text */
function comment(text) {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (`# ${line} ${word}`.length > WIDTH) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines.map((line) => `# ${line}`).join('\n');
}

// What nothing sets is what the server starts with; a flag is written the way it is read.
const defaults = settings.parse({});
/** @param {string} name */
function defaultOf(name) {
  const value = Object.entries(defaults).find(([key]) => key === name)?.[1] ?? '';
  return typeof value === 'boolean' ? Number(value) : value;
}

const blocks = Object.entries(settings.shape).map(([name, schema]) => `${comment(schema.description ?? '')}\n#${name}=${defaultOf(name)}`);
const text = `# Settings of Lyss, all optional. Generated from apps/bff/src/config.ts: npm run generate -w @lyss/bff\n\n${blocks.join('\n\n')}\n`;

if (!process.argv.includes('--check')) writeFileSync(target, text);
else if (readFileSync(target, 'utf8') !== text) {
  console.error('.env.example has drifted: run `npm run generate -w @lyss/bff`');
  process.exit(1);
}
