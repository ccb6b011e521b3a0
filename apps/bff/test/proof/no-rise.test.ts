import { rolePermissions, systemRoles, tenantPermissions, type Permission } from '@lyss/api-types';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestApp, type TestApp, type TestPerson } from '../app.ts';
import { startSmallIssuer, type SmallIssuer } from '../small-issuer.ts';
import { addPerson, listOwnPermissions, makeRole, signIn } from './people.ts';
import { attempts, listOwnRoles, listUsers, permissionsOf, pick, type Draw, type Scene, type World } from './rise-attempts.ts';

const RUNS = 6;
const MOST_CALLS = 12;

let issuer: SmallIssuer;
let app: TestApp;
beforeAll(async () => {
  issuer = await startSmallIssuer();
  app = await createTestApp({}, { LYSS_EGRESS_ALLOW: issuer.host });
});
afterAll(async () => {
  await app.close();
  await issuer.close();
});

const draws = fc.record({
  who: fc.nat(),
  at: fc.nat(),
  roles: fc.subarray([...systemRoles]),
  custom: fc.uniqueArray(fc.nat(4), { maxLength: 2 }),
  permissions: fc.subarray([...tenantPermissions], { minLength: 1 }),
  modest: fc.boolean(),
});
// What an intruder needs to try anything at all; the rest is chance.
const TOOLS: Permission[] = ['users.read', 'users.write', 'roles.read', 'roles.write', 'api_keys.use', 'sso.manage'];
const rest = tenantPermissions.filter((permission) => !TOOLS.includes(permission));
const holding = fc.subarray(rest).map((more) => [...TOOLS, ...more]);
// One permission neither of them has, so that there is always more to be had.
const holdings = fc.tuple(holding, holding, fc.constantFrom(...rest)).map(([one, two, lacking]) => [one, two].map((held) => held.filter((permission) => permission !== lacking)));
const names = Object.keys(attempts);

/** Two intruders who hold what they hold, and people that reach far, here and not here yet; beside the platform's operator, or in a tenant of their own. */
async function settle(held: readonly (readonly Permission[])[], beside_operator: boolean): Promise<World> {
  const admin = beside_operator ? app.owner : await app.signInAs('tenant_admin', { tenant: 'new' });
  const domain = `d-${crypto.randomUUID()}.example.com`;
  // What somebody before them has connected gives what they could give.
  if (beside_operator) await app.call('DELETE', '/api/v1/admin/single-sign-on', { as: admin });
  const [far, near] = [await makeRole(app, admin, tenantPermissions), await makeRole(app, admin, ['users.read'])];
  await addPerson(app, admin, { custom_role_ids: [far] });
  await addPerson(app, admin, { roles: ['end_user'] });
  for (const [at, id] of [far, near].entries()) await app.call('POST', '/api/v1/admin/users', { as: admin, body: { email: `invited-${at}@${domain}`, name: 'Invited', roles: [], custom_role_ids: [id] } });
  // In whose name a provider of theirs could speak.
  for (const [at, id] of [far, near].entries()) await app.call('POST', '/api/v1/admin/users', { as: admin, body: { email: `known-${at}@${domain}`, name: 'Known', roles: [], custom_role_ids: [id] } });
  const people: TestPerson[] = [];
  for (const permissions of held) people.push(await addPerson(app, admin, { custom_role_ids: [await makeRole(app, admin, permissions)] }));
  return { admin, people, keys: [], domain };
}

/** Somebody the intruders are in, signed in anew where a change of roles had ended it; null where they are out for good. */
async function enter(world: World, at: number): Promise<TestPerson | null> {
  const person = pick(world.people, at);
  if (!person) return null;
  if ((await listOwnPermissions(app, person.access_token)) !== null) return person;
  const again = await signIn(app, person).catch(() => null);
  world.people = world.people.flatMap((each) => (each === person ? (again ?? []) : each));
  return again;
}

async function attempt(world: World, name: string, draw: Draw): Promise<void> {
  const as = await enter(world, draw.who);
  if (!as) return;
  const mine = (await listOwnPermissions(app, as.access_token)) ?? [];
  const isMine = (permissions: readonly Permission[]) => !draw.modest || permissions.every((permission) => mine.includes(permission));
  const scene: Scene = {
    ...{ app, issuer, world, as, mine },
    call: (method, path, body) => app.call(method, `/api/v1${path}`, { as, ...(body === undefined ? {} : { body }) }),
    listRoles: async () => (await listOwnRoles(app, world)).filter(({ permissions }) => isMine(permissions)),
    async listUsers() {
      const [users, roles] = [await listUsers(app, world), await listOwnRoles(app, world)];
      return users.filter((user) => isMine(permissionsOf(user, roles)));
    },
  };
  const asked = draw.modest ? { ...draw, roles: [], permissions: draw.permissions.filter((permission) => mine.includes(permission)) } : draw;
  const given = await attempts[name]?.(scene, asked);
  // Grants ⊆ grantor, at the moment of the grant.
  expect((given ?? []).filter((permission) => !mine.includes(permission)), name).toEqual([]);
  if (given) tried.add(name);
}
const tried = new Set<string>();

/** One run in which every attempt comes through, so that a refusal of everything passes for no proof. */
const modest: Draw = { who: 0, at: 0, roles: [], custom: [0], permissions: [...tenantPermissions], modest: true };
const plain = [
  ...['makes a role', 'connects a provider', 'changes what a provider gives', 'comes in through a provider', 'sends an invitation again', 'invites somebody', 'invites several'],
  ...['makes a key', 'widens a key', 'rotates a key', 'gives somebody roles', 'changes a role', 'takes an account over'],
];
/** The provider speaks for whoever has its address: `at` goes through all that there are. */
const speaking = Array.from({ length: 6 }, (_, at): [string, Draw] => ['comes in as somebody', { ...modest, at }]);
/** All that there is, asked for of whoever and whatever there is: each of it must be refused, or be no more than the caller has. */
const greedy = [0, 1, 2, 3, 4, 5].map((at): Draw => ({ ...modest, at, custom: at < 4 ? [at] : [], roles: at < 4 ? [] : at === 4 ? ['tenant_admin'] : ['super_admin'], modest: false }));
const allOf = (draws_of: readonly Draw[]) => draws_of.flatMap((draw) => names.map((name): [string, Draw] => [name, draw]));

it('no sequence of calls by two who help each other ends with more than both had, whoever they become, beside the operator too', async () => {
  const calls = fc.array(fc.tuple(fc.constantFrom(...names), draws), { minLength: 4, maxLength: MOST_CALLS });
  const property = fc.asyncProperty(holdings, calls, fc.boolean(), async (held, sequence, beside_operator) => {
    const world = await settle(held, beside_operator);
    const start = new Set(held.flat());
    for (const [name, draw] of sequence) await attempt(world, name, draw);
    for (let at = 0; at < world.people.length; at += 1) await enter(world, at);
    for (const token of [...world.people.map(({ access_token }) => access_token), ...world.keys.map(({ key }) => key)]) {
      const risen = ((await listOwnPermissions(app, token)) ?? []).filter((permission) => !start.has(permission));
      expect(risen).toEqual([]);
    }
  });
  const example = (beside_operator: boolean): [Permission[][], [string, Draw][], boolean] => [[TOOLS, [...TOOLS, 'chat.use']], [...(beside_operator ? [] : allOf(greedy)), ...plain.map((name): [string, Draw] => [name, modest]), ...speaking, ...allOf(greedy)], beside_operator];
  // A sequence is replayed by the seed and path that a failure prints; each takes a second, so it is not made smaller.
  await fc.assert(property, { numRuns: RUNS, endOnFailure: true, examples: [example(false), example(true)] });
  expect(names.filter((name) => !tried.has(name)), 'attempts that never came through').toEqual([]);
}, 180_000);

it('everybody’s roles, even those of an operator, are what the registry gives and no more', async () => {
  for (const role of systemRoles) expect(await listOwnPermissions(app, (await app.signInAs(role)).access_token)).toEqual(rolePermissions[role]);
});
