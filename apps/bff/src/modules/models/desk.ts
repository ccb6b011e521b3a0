import type { ProviderId } from '@lyss/api-types';
import type { Tenancy } from '../../db/tenancy.ts';
import { toNano } from '../../nano.ts';
import { pin } from './model-name.ts';
import { listHeldRoles, readDesk, type DeskRow, type ServingRow, type SettingRow } from './repository.ts';

// Told at once when it changes (the triggers of 0028 and 0007); the rest is for a notice that was not heard.
const FRESH_MS = 800;
const AT_MOST = 2_000;

/** Everything that decides what a call of a model reaches, at one moment: read in one trip. */
export interface Desk {
  currency: string;
  /** How much of the currency one US dollar is, in nano-units; null where nobody said. */
  rate: bigint | null;
  credentials: ServingRow[];
  /** By `supplier/model`. */
  settings: ReadonlyMap<string, SettingRow>;
  aliases: ReadonlyMap<string, { provider: ProviderId; model: string }>;
}

/** A desk, and the roles of whoever asks: system roles and ids of the tenant's own. */
export interface Seat {
  desk: Desk;
  listRoles(): Promise<readonly string[]>;
}

export interface Desks {
  /** As it is now, or was less than a second ago. */
  read(tenant_id: string, user_id: string | null): Promise<Seat>;
  /** As it is now. */
  readAnew(tenant_id: string, user_id: string | null): Promise<Seat>;
  forget(tenant_id: string): void;
  forgetAll(): void;
}

interface Known {
  desk: Promise<Desk>;
  roles: Map<string, Promise<readonly string[]>>;
  read_at: number;
}

/** Desks of tenants, each kept for less than a second: a call costs one trip to the database at most. */
export function createDesks(tenancy: Tenancy): Desks {
  const known = new Map<string, Known>();

  const open = (tenant_id: string, user_id: string | null): Known => {
    const row = tenancy.withTenant(tenant_id, (db) => readDesk(db, user_id));
    const roles = new Map(user_id === null ? [] : [[user_id, row.then(({ held }) => held ?? [])]]);
    const opened: Known = { desk: row.then(arrange), roles, read_at: Date.now() };
    if (known.size >= AT_MOST) known.clear();
    known.set(tenant_id, opened);
    // A failed read is not an answer. Whoever asked hears of it through what they were given.
    for (const read of [opened.desk, ...roles.values()]) read.catch(() => known.get(tenant_id) === opened && known.delete(tenant_id));
    return opened;
  };

  const findRoles = ({ roles }: Known, tenant_id: string, user_id: string): Promise<readonly string[]> => {
    const found = roles.get(user_id) ?? tenancy.withTenant(tenant_id, (db) => listHeldRoles(db, user_id));
    roles.set(user_id, found);
    found.catch(() => roles.delete(user_id));
    return found;
  };

  const seat = async (at: Known, tenant_id: string, user_id: string | null): Promise<Seat> => ({
    desk: await at.desk,
    listRoles: async () => (user_id === null ? [] : findRoles(at, tenant_id, user_id)),
  });

  return {
    read(tenant_id, user_id) {
      const found = known.get(tenant_id);
      return seat(found && Date.now() - found.read_at < FRESH_MS ? found : open(tenant_id, user_id), tenant_id, user_id);
    },
    readAnew: (tenant_id, user_id) => seat(open(tenant_id, user_id), tenant_id, user_id),
    forget: (tenant_id) => void known.delete(tenant_id),
    forgetAll: () => known.clear(),
  };
}

function arrange({ currency, rate, credentials, settings }: DeskRow): Desk {
  return {
    currency,
    rate: rate === null ? null : toNano(rate),
    credentials,
    settings: new Map(settings.map((setting) => [pin(setting.provider, setting.model), setting])),
    aliases: new Map(settings.flatMap(({ provider, model, aliases }) => aliases.map((name) => [name, { provider, model }] as const))),
  };
}
