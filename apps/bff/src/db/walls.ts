const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const READ_ONLY = `set_config('transaction_read_only', 'on', true)`;
const PLATFORM = `set_config('app.platform', 'on', true)`;

/** What must be set before a statement sees any row, for a transaction and for a read alone. */
export interface Wall {
  /** Begins a transaction with the settings in it: one text, one trip. */
  begin: string;
  /** The statement of `PREPARE_WALLS` that sets the same for a read alone, and what to give it. */
  prepared: string;
  values: string[];
}

/** Sent once on each connection. A read's wall also makes it read-only, so that PostgreSQL refuses what is no read. */
export const PREPARE_WALLS = [
  `prepare wall_of_tenant (text) as select ${READ_ONLY}, set_config('app.tenant_id', $1, true)`,
  `prepare wall_of_platform as select ${READ_ONLY}, ${PLATFORM}`,
  `prepare wall_of_both (text) as select ${READ_ONLY}, ${PLATFORM}, set_config('app.tenant_id', $1, true)`,
].join('; ');

export const platformWall: Wall = { begin: `begin; select ${PLATFORM}`, prepared: 'wall_of_platform', values: [] };

/** A tenant's wall, and the platform's with it where asked. Throws TypeError for what is no tenant's id: it goes into a text. */
export function wallOf(tenant_id: string, withPlatform = false): Wall {
  if (!uuid.test(tenant_id)) throw new TypeError('not a tenant id');
  const tenant = `set_config('app.tenant_id', '${tenant_id}', true)`;
  return withPlatform
    ? { begin: `begin; select ${PLATFORM}, ${tenant}`, prepared: 'wall_of_both', values: [tenant_id] }
    : { begin: `begin; select ${tenant}`, prepared: 'wall_of_tenant', values: [tenant_id] };
}
