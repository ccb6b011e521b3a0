import type { SealedEntry } from './chain.ts';

/** An entry with its link in the chain, as a file holds it. */
export interface ExportedEntry extends SealedEntry {
  seq: number;
  hash: string;
}

const columns = ['seq', 'at', 'actor_user_id', 'actor_name', 'action', 'resource_type', 'resource_id', 'outcome', 'request_id', 'address', 'details', 'id', 'tenant_id', 'hash'] as const;
// Spreadsheets take a file without it for their own code page.
const BYTE_ORDER_MARK = '\uFEFF';

export const formatCsvHead = () => `${BYTE_ORDER_MARK}${columns.join(',')}\r\n`;

/** One record of RFC 4180; what a spreadsheet would run as a formula is text (OWASP, "CSV Injection"). */
export function formatCsvLine(entry: ExportedEntry): string {
  return `${columns.map((name) => formatCell(name === 'details' ? formatDetails(entry.details) : entry[name])).join(',')}\r\n`;
}

const formatDetails = (details: unknown) => (details === null ? '' : JSON.stringify(details));

function formatCell(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  const defused = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(defused) ? `"${defused.replaceAll('"', '""')}"` : defused;
}

/** The fields that docs/audit.md seals, and the seal. */
export function formatJsonLine({ actor_user_id, actor_name, seq, hash, ...entry }: ExportedEntry): string {
  const { tenant_id, id, at, action, resource_type, resource_id, outcome, request_id, address, details } = entry;
  const actor = actor_user_id === null ? null : { user_id: actor_user_id, name: actor_name };
  return `${JSON.stringify({ seq, tenant_id, id, at, actor, action, resource_type, resource_id, outcome, request_id, address, details, hash })}\n`;
}
