import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** @typedef {{ path: string, lines: number, is_test: boolean }} FileSize */
/** @typedef {{ path: string, line: number, name: string, lines: number }} FunctionSize */

const ROOMS = ['packages/api-types', 'apps/bff', 'apps/web/src', 'e2e', 'bench', 'scripts'];
const LEFT_OUT = new Set(['node_modules', 'dist', 'reports', 'results', 'samples']);
const COUNTED = /\.(ts|tsx|mjs|css)$/;
const GENERATED = /\.gen\.ts$/;
const TEST = /\.(test|spec|bench)\.(ts|tsx|mjs)$/;

const MOST = { median: 60, p95: 200, file: 300, test: 400, function: 40 };

/** @param {string} root @returns {FileSize[]} every source file of the house but generated ones, longest first */
function listFileSizes(root) {
  return ROOMS.flatMap((room) => listFiles(root, room))
    .map((path) => ({ path, lines: countLines(readFileSync(join(root, path), 'utf8')), is_test: TEST.test(path) }))
    .sort((a, b) => b.lines - a.lines);
}

/** @param {string} root @param {string} folder @returns {string[]} */
function listFiles(root, folder) {
  let entries;
  try {
    entries = readdirSync(join(root, folder), { withFileTypes: true });
  } catch {
    return []; // a room that is not there yet
  }
  return entries.flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return LEFT_OUT.has(entry.name) ? [] : listFiles(root, path);
    return COUNTED.test(path) && !GENERATED.test(path) ? [path] : [];
  });
}

/** @param {string} text */
const countLines = (text) => text.replace(/\n$/, '').split('\n').length;

/**
 * Lines of each function's own: a function inside it is measured by itself, so its body does not count twice.
 * @param {string} path @param {string} text @returns {FunctionSize[]}
 */
export function listFunctionSizes(path, text) {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const lineOf = (/** @type {number} */ position) => source.getLineAndCharacterOfPosition(position).line;
  /** @type {FunctionSize[]} */
  const found = [];
  /** @param {ts.Node} node @returns {number} lines that belong to functions inside */
  const visit = (node) => {
    let inside = 0;
    ts.forEachChild(node, (child) => void (inside += visit(child)));
    const body = readBody(node);
    if (body === null) return inside;
    const line = lineOf(node.getStart(source));
    found.push({ path, line: line + 1, name: readName(node, source), lines: lineOf(node.end) - line + 1 - inside });
    return Math.max(0, lineOf(body.end) - lineOf(body.getStart(source)) - 1);
  };
  visit(source);
  return found;
}

/** @param {ts.Node} node @returns {ts.Node | null} */
function readBody(node) {
  return ts.isFunctionLike(node) && 'body' in node && node.body ? node.body : null;
}

/** @param {ts.Node} node @param {ts.SourceFile} source */
function readName(node, source) {
  const named = ts.isFunctionLike(node) && node.name ? node.name : ts.isVariableDeclaration(node.parent) || ts.isPropertyAssignment(node.parent) ? node.parent.name : null;
  return named?.getText(source) ?? 'a function without a name';
}

/** @param {number[]} sorted ascending @param {number} share */
function percentile(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

/** @param {string} root @returns {{ files: number, median: number, p95: number, faults: string[] }} tests count for their own limit alone */
export function judgeSizes(root) {
  const sizes = listFileSizes(root);
  const code = sizes.filter(({ is_test }) => !is_test);
  const sorted = code.map(({ lines }) => lines).sort((a, b) => a - b);
  const median = percentile(sorted, 0.5);
  const p95 = percentile(sorted, 0.95);
  const long = sizes.filter(({ lines, is_test }) => lines > (is_test ? MOST.test : MOST.file));
  const functions = code.filter(({ path }) => !path.endsWith('.css')).flatMap(({ path }) => listFunctionSizes(path, readFileSync(join(root, path), 'utf8')));
  return {
    ...{ files: sizes.length, median, p95 },
    faults: [
      ...(median > MOST.median ? [`half of all files have more than ${MOST.median} lines: ${median}`] : []),
      ...(p95 > MOST.p95 ? [`the longest twentieth of the files begins at ${p95} lines, at most ${MOST.p95} are wanted`] : []),
      ...long.map(({ path, lines, is_test }) => `${path}: ${lines} lines, at most ${is_test ? MOST.test : MOST.file}`),
      ...functions.filter(({ lines }) => lines > MOST.function).map(({ path, line, name, lines }) => `${path}:${line} ${name}: ${lines} lines of its own, at most ${MOST.function}`),
    ],
  };
}
