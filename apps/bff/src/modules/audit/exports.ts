import type { AuditExportInput, AuditExportsQuery } from '@lyss/api-types';
import type { Actor, Caller } from '../../actor.ts';
import { appendAudit } from '../../audit/append.ts';
import type { Tenancy } from '../../db/tenancy.ts';
import { endExport, listExports, openExport, readExport, startExport } from '../../exports/exports.ts';

/** The kind by which the makers of exports know a trail's. */
export const AUDIT_EXPORT = 'audit';
const mediaTypes = { csv: 'text/csv; charset=utf-8', jsonl: 'application/x-ndjson; charset=utf-8' };

/** Files of a tenant's trail; `wake` begins one without waiting for the next turn. */
export function createAuditExports({ tenancy, wake }: { tenancy: Tenancy; wake(): void }) {
  return {
    async start(actor: Actor, input: AuditExportInput, caller: Caller) {
      const made = await tenancy.withTenant(actor.tenant_id, async (db) => {
        const day = new Date().toISOString().slice(0, 10);
        const wanted = { kind: AUDIT_EXPORT, params: { ...input }, file_name: `lyss-audit-${day}.${input.format}`, media_type: mediaTypes[input.format] };
        const started = await startExport(db, actor, wanted);
        await appendAudit(db, { actor, caller }, { action: 'audit.exported', resource_type: 'export', resource_id: started.id, details: { ...input } });
        return started;
      });
      wake();
      return made;
    },
    list: (actor: Actor, query: AuditExportsQuery) => tenancy.withTenant(actor.tenant_id, (db) => listExports(db, AUDIT_EXPORT, query)),
    read: (actor: Actor, id: string) => tenancy.withTenant(actor.tenant_id, (db) => readExport(db, AUDIT_EXPORT, id)),
    remove: (actor: Actor, id: string, caller: Caller) =>
      tenancy.withTenant(actor.tenant_id, async (db) => {
        const { state, rows } = await endExport(db, AUDIT_EXPORT, id);
        await appendAudit(db, { actor, caller }, { action: 'audit.export_removed', resource_type: 'export', resource_id: id, details: { before: { state, rows } } });
      }),
    /** Who took the file away stands in the trail as well as who had it made. */
    async open(actor: Actor, id: string, caller: Caller) {
      const file = await openExport(tenancy, actor.tenant_id, AUDIT_EXPORT, id);
      await tenancy.withTenant(actor.tenant_id, (db) => appendAudit(db, { actor, caller }, { action: 'audit.export_downloaded', resource_type: 'export', resource_id: id }));
      return file;
    },
  };
}
