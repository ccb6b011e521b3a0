import { currency, id, label, modelAlias, providerIds, systemRoles } from '@lyss/api-types';
import { z } from 'zod';
import { at, bigCount, maybe, own, text, type ArchivedTable } from './table.ts';

const tokens = maybe(z.int().min(1));

const modelSettings: ArchivedTable = {
  name: 'model_settings',
  row: z.strictObject({
    ...own,
    provider: z.enum(providerIds),
    model: text(300),
    display_name: maybe(label(200)),
    offered: z.boolean(),
    restricted: z.boolean(),
    system_roles: z.array(z.enum(systemRoles)).max(systemRoles.length),
    context_window: tokens,
    max_output_tokens: tokens,
    created_at: at,
    updated_at: at,
  }),
  born: 'created_at',
  left_out: { version: 'bookkeeping' },
};

const modelAliases: ArchivedTable = { name: 'model_aliases', row: z.strictObject({ ...own, model_setting_id: id, name: modelAlias, created_at: at }), born: 'created_at', left_out: {} };

const modelRoles: ArchivedTable = { name: 'model_roles', row: z.strictObject({ ...own, model_setting_id: id, role_id: id, created_at: at }), born: 'created_at', left_out: {} };

const modelPrices: ArchivedTable = {
  name: 'model_prices',
  row: z
    .strictObject({ ...own, model_setting_id: id, user_id: maybe(id), currency, input_nano: maybe(bigCount), cached_input_nano: maybe(bigCount), output_nano: maybe(bigCount), created_at: at })
    .refine(({ input_nano, output_nano }) => (input_nano === null) === (output_nano === null), { message: 'both or neither', path: ['output_nano'] }),
  born: 'created_at',
  left_out: {},
};

const exchangeRates: ArchivedTable = {
  name: 'exchange_rates',
  row: z.strictObject({ ...own, user_id: maybe(id), currency, rate_nano: maybe(bigCount.refine((digits) => !/^0+$/.test(digits), { message: 'more than nothing' })), created_at: at }),
  born: 'created_at',
  left_out: {},
};

export const modelTables = [modelSettings, modelAliases, modelRoles, modelPrices, exchangeRates];
