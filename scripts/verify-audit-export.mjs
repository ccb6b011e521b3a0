// Checks an audit trail that was exported as JSON Lines, with nothing of Lyss: node verify-audit-export.mjs audit.jsonl
// The rules are those of docs/audit.md. Exit 1 where something is wrong. In a file of filtered entries the links between
// neighbours alone can be checked.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** @type {(value: any) => string} */
const canonicalize = (value) => {
  if (Array.isArray(value)) return `[${value.map(canonicalize).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  return `{${Object.keys(value).toSorted().map((name) => `${JSON.stringify(name)}:${canonicalize(value[name])}`).join(',')}}`;
};
/** @type {(...parts: (string | Buffer)[]) => Buffer} */
const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
/** @type {(number: number) => Buffer} */
const eightBytes = (number) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(number));
  return bytes;
};

const file = process.argv[2];
if (file === undefined) throw new Error('Which file? node verify-audit-export.mjs audit.jsonl');
const filtered = process.argv.includes('--filtered');
let [count, first, last, wrong] = [0, null, { seq: 0, hash: Buffer.alloc(32) }, 0];
/** @type {(seq: number, what: string) => void} */
const tell = (seq, what) => ((wrong += 1), console.log(`seal ${seq}: ${what}`));
for await (const line of createInterface({ input: createReadStream(file) })) {
  const { seq, hash, ...entry } = JSON.parse(line);
  if (first !== null && !filtered) for (let gap = last.seq + 1; gap < seq; gap++) tell(gap, 'missing');
  const expected = sha256(last.hash, eightBytes(seq), sha256(canonicalize(entry))).toString('hex');
  if (seq === last.seq + 1 && expected !== hash) tell(seq, 'its entry was changed, or its place');
  if (seq <= last.seq) tell(seq, 'out of order');
  [count, first, last] = [count + 1, first ?? seq, { seq, hash: Buffer.from(hash, 'hex') }];
}
console.log(`${count} entries, seals ${first ?? 0} to ${last.seq}: ${wrong === 0 ? 'nothing wrong' : `${wrong} things wrong`}`);
process.exitCode = wrong === 0 ? 0 : 1;
