import type { AuditEntry } from '@lyss/api-types';

export const auditOutcomes = ['success', 'refused', 'failed'] as const satisfies readonly AuditEntry['outcome'][];
