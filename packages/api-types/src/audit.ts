import { z } from 'zod';
import { endpoint, file } from './endpoint.ts';
import { id, instant, listQuery, page } from './envelope.ts';
import { fileExport } from './exports.ts';

export const auditOutcomes = ['success', 'refused', 'failed'] as const;

export const auditEntry = z
  .strictObject({
    id,
    at: instant,
    actor: z.strictObject({ user_id: id, name: z.string() }).nullable().describe('Null where nobody was signed in, or the platform itself acted'),
    action: z.string(),
    resource_type: z.string(),
    resource_id: z.string().nullable(),
    outcome: z.enum(auditOutcomes),
    request_id: z.string(),
    address: z.string(),
    details: z.record(z.string(), z.unknown()).nullable().describe('What changed, before and after; never a secret or a text of a chat'),
    seal: z.strictObject({ seq: z.int(), hash: z.string() }).nullable().describe('Its link in the chain; null for about a second after it was written'),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntry = z.infer<typeof auditEntry>;

const name = z.string().regex(/^[a-z_]+(?:\.[a-z_]+)?$/).max(60);
const filters = {
  from: instant.optional(),
  to: instant.optional().describe('Up to, and without, this instant'),
  actor_user_id: id.optional(),
  action: name.optional().describe('A whole action, `users.updated`, or its noun, `users`'),
  resource_type: name.optional(),
  resource_id: z.string().min(1).max(120).optional(),
  outcome: z.enum(auditOutcomes).optional(),
  request_id: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/).optional(),
};
export const auditQuery = listQuery(['at'], filters);
export type AuditQuery = z.infer<typeof auditQuery>;

export const auditFaultKinds = ['changed', 'missing', 'reordered', 'unsealed'] as const;
export const auditVerification = z
  .strictObject({
    checked: z.int().describe('Entries looked at in this step'),
    total: z.int().describe('Seals in the chain'),
    next_seq: z.int().nullable().describe('Send it as after_seq to go on; null when the end was reached'),
    head: z.strictObject({ seq: z.int(), hash: z.string() }).nullable().describe('The newest seal: note it elsewhere, and a shortened chain shows'),
    begins_after: z.int().describe('Entries that retention removed; the chain begins after them'),
    faults: z.array(z.strictObject({ kind: z.enum(auditFaultKinds), seq: z.int().nullable(), entry_id: id.nullable(), at: instant.nullable() })),
  })
  .meta({ id: 'AuditVerification' });
export type AuditVerification = z.infer<typeof auditVerification>;

const verifyBody = z.strictObject({
  after_seq: z.int().min(0).default(0).describe('Seals up to this one were checked by earlier steps'),
  known: z.strictObject({ seq: z.int().positive(), hash: z.string().regex(/^[0-9a-f]{64}$/) }).optional().describe('A seal noted earlier, which must still be there as it was'),
});
export type VerifyAuditInput = z.infer<typeof verifyBody>;

const params = z.strictObject({ id });

export const auditExportFormats = ['csv', 'jsonl'] as const;
const exportBody = z.strictObject({
  format: z.enum(auditExportFormats).describe('CSV for a spreadsheet; JSON Lines, which can be checked against the chain'),
  ...filters,
  search: z.string().trim().min(1).max(200).optional(),
});
export type AuditExportInput = z.infer<typeof exportBody>;
export const auditExportsQuery = listQuery(['created_at'], {});
export type AuditExportsQuery = z.infer<typeof auditExportsQuery>;

export const auditEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/api/v1/admin/audit-logs',
    summary: 'Who did what to what in this tenant, from where, with what outcome',
    query: auditQuery,
    data: page(auditEntry),
    permission: 'audit.read',
  }),
  read: endpoint({
    method: 'GET',
    path: '/api/v1/admin/audit-logs/{id}',
    summary: 'One entry',
    params,
    data: auditEntry,
    errors: ['RESOURCE_NOT_FOUND'],
    permission: 'audit.read',
  }),
  verify: endpoint({
    method: 'POST',
    path: '/api/v1/admin/audit-logs/verify',
    summary: 'Check the next stretch of the chain: changed, missing, reordered and unsealed entries',
    body: verifyBody,
    data: auditVerification,
    permission: 'audit.read',
    audit: 'audit.verified',
  }),
  startExport: endpoint({
    method: 'POST',
    path: '/api/v1/admin/audit-logs/exports',
    summary: 'Make a file of the trail, or of what filters leave of it, in the background',
    body: exportBody,
    data: fileExport,
    status: 202,
    errors: ['QUOTA_EXCEEDED'],
    permission: 'audit.read',
    audit: 'audit.exported',
  }),
  listExports: endpoint({
    method: 'GET',
    path: '/api/v1/admin/audit-logs/exports',
    summary: 'The files of the last day, and how far those are that are being made',
    query: auditExportsQuery,
    data: page(fileExport),
    permission: 'audit.read',
  }),
  readExport: endpoint({
    method: 'GET',
    path: '/api/v1/admin/audit-logs/exports/{id}',
    summary: 'How far one file is',
    params,
    data: fileExport,
    errors: ['RESOURCE_NOT_FOUND'],
    permission: 'audit.read',
  }),
  removeExport: endpoint({
    method: 'DELETE',
    path: '/api/v1/admin/audit-logs/exports/{id}',
    summary: 'Stop making a file; remove one that is finished',
    params,
    status: 204,
    errors: ['RESOURCE_NOT_FOUND'],
    permission: 'audit.read',
    audit: 'audit.export_removed',
  }),
  downloadExport: file({
    method: 'GET',
    path: '/api/v1/admin/audit-logs/exports/{id}/file',
    summary: 'The finished file',
    params,
    errors: ['RESOURCE_NOT_FOUND', 'OPERATION_NOT_ALLOWED'],
    permission: 'audit.read',
  }),
  listPlatform: endpoint({
    method: 'GET',
    path: '/api/v1/admin/platform-audit-logs',
    summary: 'What operators did, and what concerns no tenant alone',
    query: auditQuery,
    data: page(auditEntry),
    permission: 'platform_audit.read',
  }),
  readPlatform: endpoint({
    method: 'GET',
    path: '/api/v1/admin/platform-audit-logs/{id}',
    summary: 'One entry of the platform’s trail',
    params,
    data: auditEntry,
    errors: ['RESOURCE_NOT_FOUND'],
    permission: 'platform_audit.read',
  }),
  verifyPlatform: endpoint({
    method: 'POST',
    path: '/api/v1/admin/platform-audit-logs/verify',
    summary: 'Check the next stretch of the platform’s chain',
    body: verifyBody,
    data: auditVerification,
    permission: 'platform_audit.read',
    audit: 'audit.verified',
  }),
};
