import { email, id, judgeLogo, KEY_MOST_MODELS, KEY_MOST_NETWORKS, label, locale, permissions, preferences, providerIds, SUPPLIER_MOST_MODELS, systemRoles, tenantPermissions } from '@lyss/api-types';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { at, bigCount, maybe, own, text, type ArchivedTable } from './table.ts';

const NAME = 200;
const changed = { created_at: at, updated_at: at };
const permission = z.enum(permissions);

const users: ArchivedTable = {
  name: 'users',
  row: z.strictObject({
    ...own,
    email,
    name: label(NAME),
    // The platform's own role belongs to no tenant: it leaves no archive, and none brings it.
    roles: z.array(z.enum(systemRoles).exclude(['super_admin'])).max(systemRoles.length),
    status: z.enum(['invited', 'active', 'disabled']),
    locale,
    theme: preferences.shape.theme,
    time_zone: maybe(text(64)),
    columns: preferences.shape.columns,
    last_seen_at: maybe(at),
    ...changed,
  }),
  born: 'created_at',
  left_out: { password_hash: 'secret', password_is_short: 'bookkeeping', epoch: 'session', version: 'bookkeeping' },
};

const roles: ArchivedTable = {
  name: 'roles',
  row: z.strictObject({ ...own, name: label(NAME), description: text(2000), permissions: z.array(z.enum(tenantPermissions)).min(1).max(tenantPermissions.length), ...changed }),
  born: 'created_at',
  left_out: { version: 'bookkeeping' },
};

const userRoles: ArchivedTable = {
  name: 'user_roles',
  row: z.strictObject({ ...own, user_id: id, role_id: id, created_at: at }),
  born: 'created_at',
  left_out: {},
};

const apiKeys: ArchivedTable = {
  name: 'api_keys',
  row: z.strictObject({
    ...own,
    user_id: id,
    name: label(NAME),
    scopes: z.array(permission).min(1).max(permissions.length),
    models: maybe(z.array(text(300)).max(KEY_MOST_MODELS)),
    allowed_networks: z.array(text(64)).max(KEY_MOST_NETWORKS),
    expires_at: maybe(at),
    last_used_at: maybe(at),
    rotated_at: maybe(at),
    revoked_at: maybe(at),
    ...changed,
  }),
  born: 'created_at',
  left_out: { hint: 'secret', version: 'bookkeeping' },
};

const supplierCredentials: ArchivedTable = {
  name: 'supplier_credentials',
  row: z.strictObject({ ...own, provider: z.enum(providerIds), name: label(NAME), base_url: text(2000), models: z.array(text(300)).max(SUPPLIER_MOST_MODELS), enabled: z.boolean(), ...changed }),
  born: 'created_at',
  left_out: {
    ...{ sealed_key: 'secret', key_hint: 'secret', key_fingerprint: 'secret', key_changed_at: 'secret' },
    ...{ status: 'tried here', last_test: 'tried here', listed_models: 'tried here', version: 'bookkeeping' },
  },
};

/** Judged as one that is uploaded: what an archive calls a picture must be one. */
const tenantLogos: ArchivedTable = {
  name: 'tenant_logos',
  row: z
    .strictObject({ ...own, media_type: text(20), width: z.int(), height: z.int(), content: z.base64(), bytes: bigCount, created_at: at })
    .refine(({ content, media_type, width, height, bytes }) => {
      const picture = Buffer.from(content, 'base64');
      return isDeepStrictEqual(judgeLogo(picture), { media_type, width, height }) && String(picture.byteLength) === bytes;
    }, { message: 'a picture', path: ['content'] }),
  born: 'created_at',
  left_out: {},
};

export const identityTables = [tenantLogos, users, roles, userRoles, apiKeys, supplierCredentials];
