import type { ArchivesQuery } from '@lyss/api-types';
import type { Actor, Caller } from '../../actor.ts';
import { appendAudit } from '../../audit/append.ts';
import type { Tenancy } from '../../db/tenancy.ts';
import { endExport, listExports, openExport, readExport, startExport } from '../../exports/exports.ts';
import { getTenant } from './repository.ts';

/** The kind by which the makers of exports know a tenant's archive. */
export const ARCHIVE_EXPORT = 'tenant';

/** Archives of everything that a tenant owns; `wake` begins one without waiting for the next turn. */
export function createArchives({ tenancy, wake }: { tenancy: Tenancy; wake(): void }) {
  return {
    async start(actor: Actor, caller: Caller) {
      const made = await tenancy.withTenant(actor.tenant_id, async (db) => {
        const { workspace } = await getTenant(db);
        const file_name = `lyss-${workspace}-${new Date().toISOString().slice(0, 10)}.tar.gz`;
        const started = await startExport(db, actor, { kind: ARCHIVE_EXPORT, params: {}, file_name, media_type: 'application/gzip', is_alone: true });
        await appendAudit(db, { actor, caller }, { action: 'tenant.exported', resource_type: 'export', resource_id: started.id });
        return started;
      });
      wake();
      return made;
    },
    list: (actor: Actor, query: ArchivesQuery) => tenancy.withTenant(actor.tenant_id, (db) => listExports(db, ARCHIVE_EXPORT, query)),
    read: (actor: Actor, id: string) => tenancy.withTenant(actor.tenant_id, (db) => readExport(db, ARCHIVE_EXPORT, id)),
    remove: (actor: Actor, id: string, caller: Caller) =>
      tenancy.withTenant(actor.tenant_id, async (db) => {
        const { state, rows } = await endExport(db, ARCHIVE_EXPORT, id);
        await appendAudit(db, { actor, caller }, { action: 'tenant.export_removed', resource_type: 'export', resource_id: id, details: { before: { state, rows } } });
      }),
    /** Who took the archive away stands in the trail as well as who had it made. */
    async open(actor: Actor, id: string, caller: Caller) {
      const file = await openExport(tenancy, actor.tenant_id, ARCHIVE_EXPORT, id);
      const details = { bytes: file.bytes, sha256: file.sha256 };
      await tenancy.withTenant(actor.tenant_id, (db) => appendAudit(db, { actor, caller }, { action: 'tenant.export_downloaded', resource_type: 'export', resource_id: id, details }));
      return file;
    },
  };
}
