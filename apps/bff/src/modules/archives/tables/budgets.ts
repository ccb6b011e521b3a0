import { budgetPeriods, budgetPers, budgetScopes, id, label, systemRoles } from '@lyss/api-types';
import { z } from 'zod';
import { at, bigCount, maybe, own, text, type ArchivedTable } from './table.ts';

const NAME = 80;

const budgets: ArchivedTable = {
  name: 'budgets',
  row: z.strictObject({
    ...own,
    name: label(NAME),
    scope: z.enum(budgetScopes),
    ...{ user_id: maybe(id), role_id: maybe(id), system_role: maybe(z.enum(systemRoles)), api_key_id: maybe(id), subject: maybe(text(300)) },
    per: z.enum(budgetPers),
    period: z.enum(budgetPeriods),
    starts_at: maybe(at),
    ends_at: maybe(at),
    limit_nano: bigCount,
    is_hard: z.boolean(),
    warn_percent: z.int().min(1).max(100),
    enabled: z.boolean(),
    created_at: at,
    updated_at: at,
  }),
  born: 'created_at',
  // A raise is for a while, and was given here.
  left_out: { version: 'bookkeeping', raise_nano: 'passing', raise_ends_at: 'passing', raise_reason: 'passing', raised_by: 'passing' },
};

export const budgetTables = [budgets];
