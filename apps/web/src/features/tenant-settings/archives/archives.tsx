import { useCan } from '../../../session/session-store.ts';
import { ExportSection } from './export-section.tsx';
import { ImportSection } from './import-section.tsx';
import './archives.css';

/** Everything of the tenant's as one file, and such a file back into an empty one; each for those who may. */
export function Archives() {
  const mayExport = useCan('tenant.export');
  const mayImport = useCan('tenant.import');
  if (!mayExport && !mayImport) return null;
  return (
    <div className="archives">
      {mayExport ? <ExportSection /> : null}
      {mayImport ? <ImportSection /> : null}
    </div>
  );
}
