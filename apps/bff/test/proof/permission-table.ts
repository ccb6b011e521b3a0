import { listEndpoints, permissions, rolePermissions, systemRoles, tenantPermissions, type Endpoint, type Permission } from '@lyss/api-types';

/** Somebody who asks: what they hold, or null where nobody is to be let in, and then the code that says so. */
export interface Asker {
  name: string;
  holds: readonly Permission[] | null;
  refusal: string;
  is_key?: boolean;
}
export interface Askers {
  /** One column each. */
  single: readonly Asker[];
  /** One column for all of them: who of them gets in. */
  one_permission: readonly Asker[];
  key: readonly Asker[];
}

const NOT_PERMITTED = '2004';
const shutOut = (name: string, refusal: string): Asker => ({ name, holds: null, refusal });

/** Everybody whom the gate of an endpoint may meet. */
export const askers: Askers = {
  single: [
    shutOut('anonymous', '2001'),
    shutOut('expired', '2002'),
    shutOut('disabled', '2003'),
    shutOut('signed out', '2003'),
    shutOut('revoked key', '2003'),
    ...systemRoles.map((role): Asker => ({ name: role, holds: rolePermissions[role], refusal: NOT_PERMITTED })),
  ],
  one_permission: tenantPermissions.map((permission) => ({ name: permission, holds: [permission], refusal: NOT_PERMITTED })),
  key: permissions.map((permission) => ({ name: permission, holds: [permission], refusal: NOT_PERMITTED, is_key: true })),
};

/** What the contract says an endpoint's gate answers: `in`, or the code of the refusal. */
export function foretell({ permission, carriers }: Endpoint, { holds, refusal, is_key }: Asker): string {
  if (permission === 'public') return 'in';
  if (holds === null) return refusal;
  if (is_key && carriers === 'session') return NOT_PERMITTED;
  return permission === 'signed-in' || holds.includes(permission) ? 'in' : refusal;
}

const HEADER = `Who gets past the gate of every endpoint. Written from the contract by \`npm run generate\`, and compared by
permissions.test.ts with what the running app answers: what a diff of it shows is what a reviewer agrees to.
\`in\`: let in; else the code of the refusal (2001 nobody, 2002 expired, 2003 no longer or never, 2004 not permitted).
Below "one permission" stand the permissions with which a person gets in through a role of the tenant's own; below
"key" the scopes with which an API key does, whose person holds everything.
`;
const ID_WIDTH = 34;
const PERMISSION_WIDTH = 24;

/** The table as a text, from whatever says what an asker is answered. */
export function writeTable(answerOf: (id: string, endpoint: Endpoint, asker: Asker) => string): string {
  const lines = listEndpoints().map(([id, endpoint]) => {
    const answers = (group: readonly Asker[]) => group.map((asker) => answerOf(id, endpoint, asker));
    const whoOf = (group: readonly Asker[]) => {
      const inside = group.filter((_, at) => answers(group)[at] === 'in').map(({ name }) => name);
      return inside.length === group.length ? 'all' : inside.join(', ') || '-';
    };
    return [id, endpoint.permission, ...answers(askers.single), whoOf(askers.one_permission), whoOf(askers.key)];
  });
  const head = ['endpoint', 'asks for', ...askers.single.map(({ name }) => name), 'one permission', 'key'];
  // Of fixed width: a longer name elsewhere changes no line but its own.
  const widths = [ID_WIDTH, PERMISSION_WIDTH, ...askers.single.map(({ name }) => name.length), PERMISSION_WIDTH, 0];
  const table = [head, ...lines].map((cells) => cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  ').trimEnd());
  return `${HEADER}\n${table.join('\n')}\n`;
}
