import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { id, instant, listQuery, page } from './envelope.ts';
import { permissions } from './permission.ts';
import { FILE_MOST_BYTES, IMPORT_PIECE_BYTES } from './import-sizes.ts';

// A piece as base64, and what stands around it.
const PIECE_LIMIT = 1_400_000;

export const importStates = ['uploading', 'judging', 'judged', 'applying', 'done', 'refused', 'failed'] as const;

/** Why an archive was refused, told apart for people; `importer_inactive`: who imports, or the tenant, was stopped meanwhile; `gave_up`: it failed again and again for no reason of its own. */
export const importProblems = [
  'not_an_archive',
  'unknown_version',
  'damaged',
  'too_large',
  'wrong_file',
  'invalid_row',
  'duplicate',
  'unresolved_reference',
  'parent_elsewhere',
  'circular_parents',
  'beyond_own_permissions',
  'address_not_allowed',
  'tenant_not_empty',
  'plan_exceeded',
  'importer_inactive',
  'took_too_long',
  'gave_up',
] as const;
export type ImportProblem = (typeof importProblems)[number];

export const importReport = z
  .strictObject({
    tenant: z.strictObject({ name: z.string(), workspace: z.string() }).describe('Whose archive it is'),
    made_at: instant,
    lyss_version: z.string(),
    rows: z.record(z.string(), z.int()).describe('What comes, by table'),
    to_do: z
      .strictObject({ people: z.int(), suppliers: z.int(), api_keys: z.int() })
      .describe('People who come as invited, suppliers that come without keys and turned off, API keys that do not come'),
    audit_head: z.strictObject({ seq: z.int(), hash: z.string() }).nullable().describe('The end of the archived trail, which is not brought: check it from the archive'),
  })
  .meta({ id: 'ImportReport' });
export type ImportReport = z.infer<typeof importReport>;

export const tenantImport = z
  .strictObject({
    id,
    state: z.enum(importStates),
    progress: z.number().min(0).max(1),
    file_name: z.string(),
    bytes: z.int(),
    received: z.int().describe('Bytes that are here'),
    sha256: z.string(),
    report: importReport.nullable().describe('What would come, once it was judged; what came, once it is done'),
    problem: z
      .strictObject({ code: z.enum(importProblems), file: z.string().nullable(), line: z.int().nullable(), field: z.string().nullable(), needs: z.array(z.enum(permissions)) })
      .nullable()
      .describe('Why it was refused, or failed, and where; `needs`: permissions that the importer lacks'),
    requested_by: z.strictObject({ user_id: id, name: z.string() }),
    created_at: instant,
    finished_at: instant.nullable(),
    expires_at: instant.describe('What was not brought in by then is gone'),
  })
  .meta({ id: 'TenantImport' });
export type TenantImport = z.infer<typeof tenantImport>;

const startBody = z.strictObject({
  file_name: z.string().trim().min(1).max(200).regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}/\\]+$/u),
  bytes: z.int().min(1).max(FILE_MOST_BYTES),
  sha256: z.string().regex(/^[0-9a-f]{64}$/).describe('Of the whole file'),
});
export type StartImportInput = z.infer<typeof startBody>;
const uploadBody = z.strictObject({ number: z.int().min(0).max(FILE_MOST_BYTES / IMPORT_PIECE_BYTES), content: z.base64().min(1) });
export type UploadPieceInput = z.infer<typeof uploadBody>;
export const importsQuery = listQuery(['created_at'], {});
export type ImportsQuery = z.infer<typeof importsQuery>;
const params = z.strictObject({ id });

/** An archive brought into an empty tenant: sent in pieces, judged, and only then brought in, all of it or nothing. */
export const importEndpoints = {
  readiness: endpoint({
    method: 'GET',
    path: '/api/v1/admin/tenant/import-readiness',
    summary: 'Whether this tenant is empty, so that an archive can be brought in',
    data: z.strictObject({ is_empty: z.boolean(), holds: z.array(z.string()).describe('Tables that hold something') }),
    permission: 'tenant.import',
  }),
  start: endpoint({
    method: 'POST',
    path: '/api/v1/admin/tenant/imports',
    summary: 'Begin to send an archive, of a name, a length and a SHA-256, into this empty tenant',
    body: startBody,
    data: tenantImport,
    status: 201,
    errors: ['OPERATION_NOT_ALLOWED', 'RESOURCE_CONFLICT', 'QUOTA_EXCEEDED'],
    permission: 'tenant.import',
    audit: 'tenant.import_started',
    carriers: 'session',
  }),
  upload: endpoint({
    method: 'PUT',
    path: '/api/v1/admin/tenant/imports/{id}/pieces',
    summary: 'Send one piece, in any order, again where it is not sure that it came; after the last one the archive is judged',
    params,
    body: uploadBody,
    data: tenantImport,
    errors: ['RESOURCE_NOT_FOUND', 'OPERATION_NOT_ALLOWED'],
    permission: 'tenant.import',
    body_limit: PIECE_LIMIT,
    carriers: 'session',
  }),
  list: endpoint({
    method: 'GET',
    path: '/api/v1/admin/tenant/imports',
    summary: 'Archives that were sent, and what became of them',
    query: importsQuery,
    data: page(tenantImport),
    permission: 'tenant.import',
  }),
  read: endpoint({
    method: 'GET',
    path: '/api/v1/admin/tenant/imports/{id}',
    summary: 'How far one is, what it would bring, or why it was refused',
    params,
    data: tenantImport,
    errors: ['RESOURCE_NOT_FOUND'],
    permission: 'tenant.import',
  }),
  apply: endpoint({
    method: 'POST',
    path: '/api/v1/admin/tenant/imports/{id}/apply',
    summary: 'Bring in an archive that was judged: all of it in one transaction, or nothing',
    params,
    data: tenantImport,
    status: 202,
    errors: ['RESOURCE_NOT_FOUND', 'OPERATION_NOT_ALLOWED'],
    permission: 'tenant.import',
    audit: 'tenant.import_confirmed',
    carriers: 'session',
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/api/v1/admin/tenant/imports/{id}',
    summary: 'Stop sending or judging an archive, and take it away',
    params,
    status: 204,
    errors: ['RESOURCE_NOT_FOUND', 'OPERATION_NOT_ALLOWED'],
    permission: 'tenant.import',
    audit: 'tenant.import_removed',
    carriers: 'session',
  }),
};
