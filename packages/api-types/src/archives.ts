import { z } from 'zod';
import { endpoint, file } from './endpoint.ts';
import { id, listQuery, page } from './envelope.ts';
import { fileExport } from './exports.ts';

const params = z.strictObject({ id });
export const archivesQuery = listQuery(['created_at'], {});
export type ArchivesQuery = z.infer<typeof archivesQuery>;

/** A tenant's own archive: docs/tenant-archive.md is its format. */
export const archiveEndpoints = {
  start: endpoint({
    method: 'POST',
    path: '/api/v1/admin/tenant/exports',
    summary: 'Make one archive of everything the tenant owns, without secrets, in the background; one at a time',
    data: fileExport,
    status: 202,
    errors: ['RESOURCE_CONFLICT', 'QUOTA_EXCEEDED'],
    permission: 'tenant.export',
    audit: 'tenant.exported',
  }),
  list: endpoint({
    method: 'GET',
    path: '/api/v1/admin/tenant/exports',
    summary: 'The archives of the last day, and how far one is that is being made',
    query: archivesQuery,
    data: page(fileExport),
    permission: 'tenant.export',
  }),
  read: endpoint({
    method: 'GET',
    path: '/api/v1/admin/tenant/exports/{id}',
    summary: 'How far one archive is',
    params,
    data: fileExport,
    errors: ['RESOURCE_NOT_FOUND'],
    permission: 'tenant.export',
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/api/v1/admin/tenant/exports/{id}',
    summary: 'Stop making an archive; remove one that is finished',
    params,
    status: 204,
    errors: ['RESOURCE_NOT_FOUND'],
    permission: 'tenant.export',
    audit: 'tenant.export_removed',
  }),
  download: file({
    method: 'GET',
    path: '/api/v1/admin/tenant/exports/{id}/file',
    summary: 'The finished archive, with its SHA-256 in Repr-Digest (RFC 9530)',
    params,
    errors: ['RESOURCE_NOT_FOUND', 'OPERATION_NOT_ALLOWED'],
    permission: 'tenant.export',
  }),
};
