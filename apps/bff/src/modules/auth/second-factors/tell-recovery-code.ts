import { appendAudit, type AuditWho } from '../../../audit/append.ts';
import type { TenantDb } from '../../../db/tenancy.ts';
import * as repository from './repository.ts';

/** The entry of a recovery code that was just used up, with how many are left. */
export async function tellRecoveryCode(db: TenantDb, who: AuditWho, user_id: string): Promise<void> {
  const { recovery_codes } = await repository.readFactors(db, user_id);
  await appendAudit(db, who, { action: 'second_factors.recovery_code_used', resource_type: 'user', resource_id: user_id, details: { left: recovery_codes?.left ?? 0 } });
}
